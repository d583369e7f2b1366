// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kevent.programs.TargetProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** list. */
class ListTest {

    @Test
    void listShowsWhereKeventIs() throws Exception {
        try (TargetJvm without = TargetJvm.start(); TargetJvm with = TargetJvm.start("-javaagent:" + Cli.JAR + "=log=off");
                TargetJvm refusing = TargetJvm.start("-XX:-EnableDynamicAgentLoading")) {
            Cli.Started command = Cli.start(Cli.command("list", "--json"));
            Cli list = command.end();
            assertEquals(0, list.exitCode(), list::toString);
            JsonArray jvms = JsonParser.parseString(String.join("", list.out())).getAsJsonArray();
            JsonObject first = of(without, jvms);
            assertEquals(Set.of("pid", "user", "javaVersion", "kevent", "keventVersion", "since", "attachable", "reason", "exitCode", "command"),
                    first.keySet());
            assertEquals("no", first.get("kevent").getAsString());
            assertTrue(first.get("attachable").getAsBoolean());
            assertEquals(TargetProgram.class.getName(), first.get("command").getAsString());
            assertEquals(System.getProperty("java.version"), first.get("javaVersion").getAsString());
            assertEquals("start", of(with, jvms).get("kevent").getAsString());
            assertEquals(5, of(refusing, jvms).get("exitCode").getAsInt());
            assertTrue(of(refusing, jvms).get("reason").getAsString().contains("-XX:-EnableDynamicAgentLoading"));
            for (JsonElement jvm : jvms) {
                assertNotEquals(command.process().pid(), jvm.getAsJsonObject().get("pid").getAsLong(), "the command lists itself");
            }
        }
    }

    @Test
    void listHasALineForEachJvm() throws Exception {
        try (TargetJvm jvm = TargetJvm.start(); TargetJvm refusing = TargetJvm.start("-XX:+DisableAttachMechanism")) {
            Cli list = Cli.run("list");
            assertTrue(list.out().get(0).matches(" *PID +USER +JAVA +KEVENT +ATTACH +PROGRAM"), list::toString);
            assertTrue(list.out().stream().anyMatch(line -> line.matches(" *" + jvm.pid() + " +\\S+ +[\\d.]+\\S* +no +yes +\\S*TargetProgram")), list::toString);
            assertTrue(list.out().stream().anyMatch(line -> line.matches(" *" + refusing.pid() + " +\\S+ +[\\d.]+\\S* +no +no, refuses +\\S*TargetProgram")),
                    list::toString);
            assertTrue(list.out().stream().allMatch(line -> line.length() <= 120), list::toString);
        }
    }

    @Test
    void socketThatADeadJvmOfTheSameNumberHasLeftIsNone() throws Exception {
        // which does not clear it away when it starts, as others do
        try (TargetJvm jvm = TargetJvm.start("-XX:+DisableAttachMechanism")) {
            // it may be there: many JVMs have been killed before
            Files.deleteIfExists(socket(jvm));
            Files.createFile(socket(jvm));
            try {
                assertEquals("no", listed(jvm).get("kevent").getAsString());
            } finally {
                Files.delete(socket(jvm));
            }
        }
    }

    @Test
    void jvmWhoseSocketWasClearedAwayIsAskedAllTheSame() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            Cli.run("attach", jvm.pid(), "log=off");
            Files.delete(socket(jvm));
            assertEquals("attached", listed(jvm).get("kevent").getAsString());
            assertEquals("KeventSelector selected 1", jvm.ask("select"));
        }
    }

    @Test
    void listLeavesNothingBehind() throws Exception {
        // one garbage collector thread and no compiler: no thread comes or goes by itself
        try (TargetJvm jvm = TargetJvm.start("-Xint", "-XX:+UseSerialGC")) {
            jvm.ask("select");
            List<String> before = traces(jvm);
            assertEquals("no", listed(jvm).get("kevent").getAsString());
            assertEquals(before, traces(jvm));
            assertEquals("kevent is not attached: there is nothing to take off", Cli.run("detach", jvm.pid()).out().get(0));
            assertEquals(before, traces(jvm));
            assertTrue(Cli.run("status", jvm.pid()).out().get(0).endsWith("kevent is not in it"));
            assertEquals(before, traces(jvm));
            // to be sure that traces would show
            Cli.run("attach", jvm.pid(), "log=off");
            assertTrue(traces(jvm).stream().anyMatch(trace -> trace.contains("Attach Listener")), () -> "no trace");
            assertTrue(Files.exists(socket(jvm)));
        }
    }

    /** Threads and descriptors, and whether there is a socket to attach by. */
    private static List<String> traces(TargetJvm jvm) throws IOException {
        List<String> traces = new ArrayList<>();
        Path process = Path.of("/proc", Long.toString(jvm.pid()));
        try (Stream<Path> threads = Files.list(process.resolve("task")); Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            for (Path thread : threads.toList()) {
                traces.add(thread.getFileName() + " " + Files.readString(thread.resolve("comm")).strip());
            }
            for (Path descriptor : descriptors.toList()) {
                traces.add(descriptor.getFileName() + " " + Files.readSymbolicLink(descriptor));
            }
        }
        Collections.sort(traces);
        traces.add("socket " + Files.exists(socket(jvm)));
        return traces;
    }

    private static Path socket(TargetJvm jvm) {
        return Path.of("/tmp", ".java_pid" + jvm.pid());
    }

    @Test
    void listShowsWhatWasAttachedAndTakenOff() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            Cli.run("attach", jvm.pid(), "log=off");
            JsonObject listed = listed(jvm);
            assertEquals("attached", listed.get("kevent").getAsString());
            assertFalse(listed.get("keventVersion").isJsonNull());
            assertFalse(listed.get("since").isJsonNull());
            Cli.run("detach", jvm.pid());
            assertEquals("detached", listed(jvm).get("kevent").getAsString());
        }
    }

    @Test
    void listFindsKeventOfTheStartWhereverItIsWritten(@TempDir Path directory) throws Exception {
        try (TargetJvm jvm = TargetJvm.startWithToolOptions("-Dx='a b' -javaagent:" + Cli.JAR + "=log=off")) {
            assertEquals("start", listed(jvm).get("kevent").getAsString());
        }
        Path renamed = Files.copy(Path.of(Cli.JAR), directory.resolve("other.jar"));
        try (TargetJvm jvm = TargetJvm.start("-javaagent:" + renamed + "=log=off")) {
            assertEquals("start", listed(jvm).get("kevent").getAsString());
        }
        try (TargetJvm jvm = TargetJvm.startWithProvider(Cli.JAR)) {
            assertEquals("property", listed(jvm).get("kevent").getAsString());
        }
    }

    @Test
    void jvmThatCannotBeLookedAtIsShownWithTheReason() {
        ListedJvm jvm = ListCommand.await(TimeLimit.start(() -> {
            throw new IllegalStateException("no look");
        }), 4711, "Main");
        assertEquals(new ListedJvm(4711, null, null, null, null, null, false,
                "the JVM 4711 could not be looked at: java.lang.IllegalStateException: no look", 1, "Main"), jvm);
    }

    @Test
    void jarThatIsOpenIsKnownByItsNameThoughItIsReplaced(@TempDir Path directory) throws Exception {
        Path jar = Files.copy(Path.of(Cli.JAR), directory.resolve("kevent-agent.jar"));
        try (TargetJvm jvm = TargetJvm.startWithJar(jar)) {
            assertTrue(listed(jvm).get("kevent").isJsonNull());
            Files.delete(jar);
            Files.copy(Path.of(Cli.JAR), jar);
            assertTrue(listed(jvm).get("kevent").isJsonNull());
        }
    }

    /** By a shell, since the locale of this test may not have the characters either. */
    private static TargetJvm startWithAgentOfForeignName(Path directory) throws IOException {
        String script = "cd '" + directory + "' && jar=\"$PWD/$(printf 'caf\\303\\251.jar')\" && cp '" + Cli.JAR + "' \"$jar\" && cd - >/dev/null"
                + " && export JAVA_TOOL_OPTIONS=\"-javaagent:$jar=log=off\" LC_ALL=C.UTF-8 && exec \"$@\"";
        return TargetJvm.startBy(List.of("sh", "-c", script, "sh"));
    }

    private static JsonObject listedIn(String locale, TargetJvm jvm) throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "LC_ALL=" + locale));
        command.addAll(Cli.command("list", "--json"));
        Cli list = Cli.start(command).end();
        assertEquals(0, list.exitCode(), list::toString);
        return of(jvm, JsonParser.parseString(String.join("", list.out())).getAsJsonArray());
    }

    @Test
    void whatTheLocaleHasNoCharactersForIsUnknown(@TempDir Path directory) throws Exception {
        try (TargetJvm jvm = startWithAgentOfForeignName(directory)) {
            JsonObject listed = listedIn("C", jvm);
            assertTrue(listed.get("kevent").isJsonNull(), listed::toString);
            assertEquals(System.getProperty("java.version"), listed.get("javaVersion").getAsString());
        }
    }

    @Test
    void agentIsFoundByANameOfAnyCharacters(@TempDir Path directory) throws Exception {
        try (TargetJvm jvm = startWithAgentOfForeignName(directory)) {
            assertEquals("start", listedIn("C.UTF-8", jvm).get("kevent").getAsString());
        }
    }

    @Test
    void whatDoesNotShowIsUnknown(@TempDir Path directory) throws Exception {
        Path flags = Files.writeString(directory.resolve("flags"), "-javaagent:" + Cli.JAR + "=log=off");
        try (TargetJvm jvm = TargetJvm.start("@" + flags)) {
            assertTrue(listed(jvm).get("kevent").isJsonNull());
            assertEquals(TargetProgram.class.getName(), listed(jvm).get("command").getAsString());
            Cli list = Cli.run("list");
            assertTrue(list.out().stream().anyMatch(line -> line.matches(" *" + jvm.pid() + " +\\S+ +[\\d.]+\\S* +unknown +yes +\\S*TargetProgram")),
                    list::toString);
            // status has to ask it
            assertTrue(Cli.run("status", jvm.pid()).out().get(0).contains("since the start of the JVM"));
            assertEquals("start", listed(jvm).get("kevent").getAsString());
        }
    }

    static JsonObject listed(TargetJvm jvm) throws Exception {
        Cli list = Cli.run("list", "--json");
        assertEquals(0, list.exitCode(), list::toString);
        return of(jvm, JsonParser.parseString(String.join("", list.out())).getAsJsonArray());
    }

    private static JsonObject of(TargetJvm jvm, JsonArray jvms) {
        for (JsonElement each : jvms) {
            if (each.getAsJsonObject().get("pid").getAsLong() == jvm.pid()) {
                return each.getAsJsonObject();
            }
        }
        throw new AssertionError(jvm.pid() + " is not among " + jvms);
    }
}
