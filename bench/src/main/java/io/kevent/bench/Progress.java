// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Watcher;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** One line that is updated in place on a terminal; elsewhere, in a log say, a line for each step that is over. */
final class Progress implements Watcher {
    private static final String ERASE_LINE = "\r\u001b[K";
    private static final List<Metric> TOLD = List.of(Metric.TIME, Metric.RATE, Metric.CALLS, Metric.WAKEUPS, Metric.BYTES, Metric.SHARE);
    private static final int BAR = 20;

    private final PrintStream out;
    private final double total;
    private final boolean terminal;
    private final long start = System.nanoTime();
    /** What was announced for the steps that are over, and for the one that is not. */
    private double over;
    private double current;

    Progress(PrintStream out, double total) {
        this.out = out;
        this.total = total;
        this.terminal = isTerminal();
    }

    private static boolean isTerminal() {
        try {
            // System.console() needs a terminal as input too, and from JDK 22 on is there without one
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return (target.startsWith("/dev/pts/") || target.startsWith("/dev/tty")) && !"dumb".equals(System.getenv("TERM"));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void begins(String what, double seconds) {
        over += current;
        current = seconds;
        if (terminal) {
            out.print(ERASE_LINE + bar() + " " + what);
            out.flush();
        }
    }

    @Override
    public void ends(String what, Sample sample) {
        String told = TOLD.stream().filter(sample.values()::containsKey).findFirst()
                .map(metric -> String.format(Locale.ROOT, "%,.2f %s", sample.values().get(metric), metric.unit().isEmpty() ? metric.title() : metric.unit()))
                .orElse("");
        if (!terminal) {
            out.println(bar() + " " + what + ": " + told);
        }
    }

    @Override
    public void again(String what, double stolen) {
        if (!terminal) {
            out.printf(Locale.ROOT, "%s %s: again, the host took %.0f %% of the time%n", bar(), what, 100 * stolen);
        }
    }

    @Override
    public void failed(String what, String why) {
        out.println((terminal ? ERASE_LINE : "") + "  FAILED " + what + ": " + why);
    }

    private String bar() {
        double part = total > 0 ? Math.min(1, over / total) : 0;
        int full = (int) Math.round(part * BAR);
        return String.format(Locale.ROOT, "[%s%s] %3.0f %% %4d s", "#".repeat(full), ".".repeat(BAR - full), 100 * part, seconds());
    }

    long seconds() {
        return (System.nanoTime() - start) / 1_000_000_000;
    }

    void clear() {
        if (terminal) {
            out.print(ERASE_LINE);
            out.flush();
        }
    }
}
