// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A status for people. It comes as a tree, from an agent that may be of another version: what is not there is shown as a dash.
 */
final class StatusView {
    private static final String INDENT = "    ";

    /** How deep into a stack: what a selecting thread of a server does shows in these. */
    private static final int FRAMES = 16;

    /** The way from the application through kevent to the kernel, which is always the same. */
    private static final Pattern OWN_FRAME = Pattern.compile("(java\\.lang\\.invoke|io\\.kevent\\.provider)\\..*");

    /** Loader and module before the class, {@code app//} or {@code java.base@17/}; what follows a slash within a class name begins with a digit. */
    private static final Pattern ORIGIN = Pattern.compile("^(?:[^/(]*/)?[^/(]*/(?=\\p{Alpha})");

    private final JsonObject status;
    private final List<String> lines = new ArrayList<>();

    private StatusView(JsonObject status) {
        this.status = status;
    }

    /** The lines to print, none longer than {@link Main#WIDTH}; with details, each selector's keys, thread and stack as well. */
    static List<String> lines(JsonObject status, boolean details) {
        StatusView view = new StatusView(status);
        view.head();
        JsonArray selectors = array(status, "selectors");
        view.table(selectors);
        for (JsonElement selector : selectors) {
            // what is to go back to the JDK and does not: its stack tells why
            boolean late = text(status, "kevent").equals("detaching") && text(selector.getAsJsonObject(), "kind").equals("adopted");
            view.more(selector.getAsJsonObject(), details || late);
        }
        return view.lines.stream().map(Table::cut).toList();
    }

    private void head() {
        String how = switch (text(status, "kevent")) {
            case "no" -> "kevent is not in it";
            case "start" -> "kevent " + text(status, "version") + " since the start of the JVM";
            case "attached" -> "kevent " + text(status, "version") + " attached";
            case "property" -> "kevent " + text(status, "version") + " by system property, without the agent";
            case "detaching" -> "kevent " + text(status, "version") + " is being taken off";
            case "detached" -> "kevent " + text(status, "version") + " taken off";
            default -> "kevent " + text(status, "version") + " " + text(status, "kevent");
        };
        lines.add("JVM " + text(status, "pid") + ", Java " + text(status, "javaVersion") + ": " + how
                + (present(status, "since") ? " (" + text(status, "since") + ")" : "") + (present(status, "engine") ? ", engine " + text(status, "engine") : ""));
        if (present(status, "options")) {
            lines.add("options: " + text(status, "options"));
        }
        for (JsonElement note : array(status, "notes")) {
            lines.add("note: " + note.getAsString());
        }
    }

    private void table(JsonArray selectors) {
        if (selectors.isEmpty()) {
            lines.add("no open selector runs on kevent");
            return;
        }
        Table table = new Table(" ID", "KIND", " AGE", " KEYS", " SELECTS", " EVENTS", " EV/SEL", " WAKEUPS", " ENTERED", " CHANGES", " EPOLL_CTL", " WAITED",
                " SPINS", "THREAD");
        for (JsonElement each : selectors) {
            JsonObject selector = each.getAsJsonObject();
            JsonObject counts = object(selector, "counts");
            long age = number(selector, "ageMillis");
            table.add(text(selector, "id"), text(selector, "kind"), Units.age(Duration.ofMillis(age)), count(selector, "keyCount"), count(counts, "selects"),
                    count(counts, "events"), Units.ratio(real(counts, "eventsPerSelect")), count(counts, "wakeupsAsked"), count(counts, "wakeupsEntered"),
                    count(counts, "changesAsked"), count(counts, "changesMade"), Units.percent(real(counts, "waitedNanos"), age * 1e6),
                    count(object(selector, "spin"), "count"), text(object(selector, "thread"), "name"));
        }
        lines.add("");
        lines.addAll(table.lines());
        lines.add("Counts since opened or adopted (k, M, G: 10^3, 10^6, 10^9). ENTERED: wake-ups that entered the kernel. WAITED: of AGE.");
    }

    private void more(JsonObject selector, boolean details) {
        JsonObject spin = object(selector, "spin");
        boolean spun = number(spin, "count") > 0;
        if (!details && !spun) {
            return;
        }
        lines.add("");
        lines.add("selector " + text(selector, "id") + ": " + text(selector, "name"));
        if (spun) {
            lines.add(INDENT + "spun " + text(spin, "count") + " times, now " + text(spin, "run") + " selects in a row in vain: " + text(spin, "cause"));
        }
        if (!details) {
            return;
        }
        JsonObject counts = object(selector, "counts");
        lines.add(INDENT + "calls: epoll_wait " + count(counts, "waits") + " waiting and " + count(counts, "polls") + " not, poll " + count(counts, "probes")
                + ", sched_yield " + count(counts, "yields"));
        for (JsonElement each : array(selector, "keys")) {
            JsonObject keys = each.getAsJsonObject();
            lines.add(INDENT + "keys: " + count(keys, "count") + " " + text(keys, "channel") + " " + text(keys, "interest"));
        }
        JsonObject thread = object(selector, "thread");
        if (present(thread, "name")) {
            boolean selecting = present(thread, "selecting") && thread.get("selecting").getAsBoolean();
            lines.add(INDENT + "thread: " + text(thread, "name") + " #" + text(thread, "id") + " " + text(thread, "state") + (selecting ? ", selecting" : ""));
            StreamSupport.stream(array(thread, "stack").spliterator(), false).map(frame -> ORIGIN.matcher(frame.getAsString()).replaceFirst(""))
                    .filter(frame -> !OWN_FRAME.matcher(frame).matches()).limit(FRAMES).forEach(frame -> lines.add(INDENT + INDENT + "at " + frame));
        }
    }

    private static boolean present(JsonObject of, String name) {
        return of.has(name) && !of.get(name).isJsonNull();
    }

    private static String text(JsonObject of, String name) {
        return of.has(name) && of.get(name).isJsonPrimitive() ? of.get(name).getAsString() : "-";
    }

    private static String count(JsonObject of, String name) {
        return present(of, name) ? Units.count(number(of, name)) : "-";
    }

    private static long number(JsonObject of, String name) {
        return present(of, name) ? of.get(name).getAsLong() : 0;
    }

    private static double real(JsonObject of, String name) {
        return present(of, name) ? of.get(name).getAsDouble() : 0;
    }

    private static JsonObject object(JsonObject of, String name) {
        return of.has(name) && of.get(name).isJsonObject() ? of.getAsJsonObject(name) : new JsonObject();
    }

    private static JsonArray array(JsonObject of, String name) {
        return of.has(name) && of.get(name).isJsonArray() ? of.getAsJsonArray(name) : new JsonArray();
    }
}
