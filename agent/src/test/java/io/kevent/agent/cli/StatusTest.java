// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** status. */
class StatusTest {
    private static final Set<String> FIELDS = Set.of("pid", "time", "javaVersion", "kevent", "version", "since", "options", "engine", "notes", "selectors");

    private static JsonObject json(TargetJvm jvm, Object... options) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of("status", jvm.pid(), "--json"));
        arguments.addAll(List.of(options));
        Cli cli = Cli.run(arguments.toArray());
        assertEquals(0, cli.exitCode(), cli::toString);
        assertEquals(List.of(), cli.err());
        return JsonParser.parseString(String.join("\n", cli.out())).getAsJsonObject();
    }

    @Test
    void jsonHasTheDocumentedFields() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            Cli.run("attach", jvm.pid(), "log=off");
            JsonObject status = json(jvm);
            assertEquals(FIELDS, status.keySet());
            assertEquals(jvm.pid(), status.get("pid").getAsLong());
            assertEquals(System.getProperty("java.version"), status.get("javaVersion").getAsString());
            assertEquals("attached", status.get("kevent").getAsString());
            assertEquals("log=off, required=false, accept=all", status.get("options").getAsString());
            assertEquals("epoll", status.get("engine").getAsString());
            assertFalse(Instant.parse(status.get("time").getAsString()).isBefore(Instant.parse(status.get("since").getAsString())));
            assertTrue(status.get("notes").isJsonArray());
        }
    }

    @Test
    void jsonShowsEachSelector() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            Cli.run("attach", jvm.pid(), "log=off");
            assertEquals("KeventSelector", jvm.ask("keep"));
            JsonArray selectors = json(jvm).getAsJsonArray("selectors");
            assertEquals(1, selectors.size());
            JsonObject selector = selectors.get(0).getAsJsonObject();
            assertEquals(Set.of("id", "kind", "name", "openedMillis", "ageMillis", "counts", "spin", "thread", "keyCount", "keys"), selector.keySet());
            assertEquals("kevent", selector.get("kind").getAsString());
            assertEquals(Set.of("selects", "events", "eventsPerSelect", "wakeupsAsked", "wakeupsEntered", "changesAsked", "changesMade", "waits", "polls",
                    "probes", "yields", "waitedNanos"), selector.getAsJsonObject("counts").keySet());
            assertEquals(1, selector.getAsJsonObject("counts").get("selects").getAsLong());
            assertEquals("{\"count\":0,\"run\":0,\"cause\":null}", selector.getAsJsonObject("spin").toString());
            assertEquals(Set.of("id", "name", "state", "selecting", "stack"), selector.getAsJsonObject("thread").keySet());
            assertEquals("main", selector.getAsJsonObject("thread").get("name").getAsString());
            assertEquals("[{\"channel\":\"pipe\",\"interest\":\"OP_READ\",\"count\":1}]", selector.get("keys").toString());
        }
    }

    @Test
    void selectorThatWasOpenBeforeIsShownAsAdoptedOrNotedIfItIsNot() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            assertEquals("EPollSelectorImpl", jvm.ask("keep"));
            Cli.run("attach", jvm.pid(), "log=off");
            jvm.ask("select-kept");
            JsonObject status = json(jvm);
            assertEquals("adopted", status.getAsJsonArray("selectors").get(0).getAsJsonObject().get("kind").getAsString());
            assertEquals("[]", status.get("notes").toString());
            Cli.run("detach", jvm.pid());
            Cli.run("attach", jvm.pid(), "log=off,exclude=*.TargetProgram");
            jvm.ask("select-kept");
            status = json(jvm);
            assertEquals("[]", status.get("selectors").toString());
            assertTrue(status.get("notes").toString().matches("\\[\".*EPollSelectorImpl@\\w+ stays the JDK's: .*excluded\"]"), status::toString);
        }
    }

    @Test
    void jvmWithoutKeventIsLeftAlone() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            JsonObject status = json(jvm);
            assertEquals(FIELDS, status.keySet());
            assertEquals("no", status.get("kevent").getAsString());
            assertTrue(status.get("version").isJsonNull());
            Cli.run("status", jvm.pid());
            // a class of the agent that was loaded would have set it
            assertEquals("null", jvm.ask("get io.kevent.agent"));
            assertEquals("0 replies, 0 threads", jvm.ask("left"));
            jvm.end();
            assertEquals(List.of(), jvm.said());
        }
    }

    @Test
    void showsHowKeventCameIn() throws Exception {
        try (TargetJvm jvm = TargetJvm.start("-javaagent:" + Cli.JAR + "=log=off")) {
            assertEquals("start", json(jvm).get("kevent").getAsString());
            Cli.run("detach", jvm.pid());
            assertEquals("detached", json(jvm).get("kevent").getAsString());
        }
        try (TargetJvm jvm = TargetJvm.startWithProvider(Cli.JAR)) {
            JsonObject status = json(jvm, Cli.SOON_GONE);
            assertEquals("property", status.get("kevent").getAsString());
            assertTrue(status.get("options").isJsonNull());
            jvm.await("left", "0 replies, 0 threads");
            jvm.end();
            assertEquals(List.of(), jvm.said());
        }
    }

    @Test
    void showsKeventThoughTheApplicationHasClearedItsSystemProperties() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            Cli.run("attach", jvm.pid(), "log=off");
            jvm.ask("clear");
            assertTrue(ListTest.listed(jvm).get("kevent").isJsonNull());
            assertEquals("attached", json(jvm).get("kevent").getAsString());
        }
        try (TargetJvm jvm = TargetJvm.start("-javaagent:" + Cli.JAR + "=log=off")) {
            jvm.ask("clear");
            assertEquals("start", json(jvm).get("kevent").getAsString());
        }
    }

    @Test
    void jvmWhoseAgentCouldNotBeInstalledIsWithoutKevent() throws Exception {
        try (TargetJvm jvm = TargetJvm.start("-javaagent:" + Cli.JAR + "=log=off", "-Dos.name=Plan 9")) {
            JsonObject status = json(jvm);
            assertEquals("no", status.get("kevent").getAsString());
            assertTrue(status.get("version").isJsonNull() && status.get("engine").isJsonNull(), status::toString);
        }
    }

    @Test
    void tableFitsTheTerminal() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            Cli.run("attach", jvm.pid(), "log=off,exclude=" + "org.example.*;".repeat(20) + "x");
            jvm.ask("keep");
            Cli cli = Cli.run("status", jvm.pid(), "--details");
            assertEquals(0, cli.exitCode(), cli::toString);
            assertEquals(List.of(), cli.err());
            assertTrue(cli.out().get(0).matches("JVM " + jvm.pid() + ", Java \\S+: kevent \\S+ attached \\(\\S+\\), engine epoll"), cli::toString);
            assertTrue(cli.out().stream().anyMatch(line -> line.matches(" *ID +KIND +AGE .*THREAD")), cli::toString);
            assertTrue(cli.out().stream().allMatch(line -> line.length() <= 120), cli::toString);
            assertTrue(cli.out().stream().noneMatch(line -> line.contains("\033")), cli::toString);
        }
    }

    @Test
    void watchRefreshesBeyondItsLeaseAndLeavesNothingInTheEnd() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            Cli.run("attach", jvm.pid(), "log=off", Cli.SOON_GONE);
            Cli.Started watch = Cli.start(Cli.command("status", jvm.pid(), "--json", "--watch=0.2", "--lease=2"));
            // 4 s of figures: more than one lease
            awaitLines(watch, 20);
            watch.process().destroy();
            List<String> lines = watch.end().out();
            List<Instant> times = lines.subList(0, 20).stream()
                    .map(line -> Instant.parse(JsonParser.parseString(line).getAsJsonObject().get("time").getAsString())).collect(Collectors.toList());
            assertTrue(times.stream().distinct().count() > 10, times::toString);
            assertTrue(times.get(19).isAfter(times.get(0).plusSeconds(2)), times::toString);
            jvm.await("left", "0 replies, 0 threads");
            jvm.end();
            assertEquals(List.of(), jvm.said());
        }
    }

    @Test
    void watchEndsWithTheJvm() throws Exception {
        try (TargetJvm jvm = TargetJvm.start("-javaagent:" + Cli.JAR + "=log=off")) {
            Cli.Started watch = Cli.start(Cli.command("status", jvm.pid(), "--watch=0.2"));
            awaitLines(watch, 4);
            jvm.end();
            Cli ended = watch.end();
            assertEquals(3, ended.exitCode(), ended::toString);
            assertEquals(List.of("the JVM " + jvm.pid() + " has just ended"), ended.err());
        }
    }

    @Test
    void watchEndsWithWhoReadsIt() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            Cli.run("attach", jvm.pid(), "log=off");
            List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" | head -1", "sh"));
            command.addAll(Cli.command("status", jvm.pid(), "--json", "--watch=0.1"));
            Cli cli = Cli.start(command).end();
            assertEquals(1, cli.out().size(), cli::toString);
            assertEquals(List.of(ExitCodeTest.UNWRITTEN), cli.err());
        }
    }

    @Test
    void valueOfWatchIsNotThePidBehindIt() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            for (List<Object> arguments : List.<List<Object>>of(List.of("--watch", jvm.pid()), List.of("--watch=0.5", jvm.pid()),
                    List.of(jvm.pid(), "--watch"))) {
                List<Object> all = new ArrayList<>(arguments);
                all.addAll(0, List.of("status", "--json"));
                Cli cli = Cli.run(all.toArray());
                assertEquals(0, cli.exitCode(), cli::toString);
                assertEquals("no", JsonParser.parseString(cli.out().get(0)).getAsJsonObject().get("kevent").getAsString());
            }
        }
    }

    @Test
    void jvmWithoutKeventHasThePidThatItSees() throws Exception {
        List<String> inNamespace = List.of("unshare", "--pid", "--fork", "--kill-child");
        assumeTrue(ExitCodeTest.canRun(inNamespace), "the tests may not make a namespace of processes");
        try (TargetJvm jvm = TargetJvm.startBy(inNamespace)) {
            Cli cli = Cli.run("status", jvm.child().pid(), "--json");
            assertEquals(0, cli.exitCode(), cli::toString);
            assertEquals(1, JsonParser.parseString(cli.out().get(0)).getAsJsonObject().get("pid").getAsLong());
        }
    }

    @Test
    void jvmThatHasEndedAndIsNotReapedEndsTheWatchWith3() throws Exception {
        // the shell becomes a program that takes no note of its child
        try (TargetJvm jvm = TargetJvm.startBy(List.of("sh", "-c", "exec 3<&0; \"$@\" <&3 & exec sleep 600", "sh"))) {
            ProcessHandle child = jvm.child();
            Cli.run("attach", child.pid(), "log=off");
            Cli.Started watch = Cli.start(Cli.command("status", child.pid(), "--json", "--watch=0.1"));
            awaitLines(watch, 1);
            child.destroy();
            Cli ended = watch.end();
            assertEquals(3, ended.exitCode(), ended::toString);
            assertEquals(List.of("the JVM " + child.pid() + " has just ended"), ended.err());
        }
    }

    private static void awaitLines(Cli.Started watch, int lines) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Files.readAllLines(watch.out()).size() < lines) {
            assertTrue(System.nanoTime() < end && watch.process().isAlive(), "the command does not go on: " + Files.readAllLines(watch.err()));
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Test
    void versionThatTheJvmLoadedFirstIsNamed(@TempDir Path directory) throws Exception {
        Path other = ofVersion("0.0.1", directory);
        try (TargetJvm jvm = TargetJvm.start("-javaagent:" + other + "=log=off")) {
            Cli cli = Cli.run("status", jvm.pid());
            assertEquals(0, cli.exitCode(), cli::toString);
            assertTrue(cli.out().get(0).contains("kevent 0.0.1 since the start of the JVM"), cli::toString);
            assertEquals(1, cli.err().size(), cli::toString);
            assertTrue(cli.err().get(0).matches("kevent 0\\.0\\.1 is loaded in the JVM \\d+ and stays until it is restarted; this command is \\S+"),
                    cli::toString);
        }
    }

    @Test
    void providerOfAnotherVersionIsNotLookedInto(@TempDir Path directory) throws Exception {
        Path other = ofVersion("0.0.1", directory);
        // only the provider: the agent's own classes come from this version
        Path provider = directory.resolve("provider.jar");
        copy(other, provider, "0.0.1", "io/kevent/agent/");
        try (TargetJvm jvm = TargetJvm.startWithProvider(provider.toString())) {
            String sentence = "the class path of the JVM holds kevent 0\\.0\\.1 and the agent is \\S+: use the agent of the same version";
            Cli.run("status", jvm.pid()).assertFails(1, "kevent could not be looked at: " + sentence);
            Cli.run("attach", jvm.pid(), "log=off").assertFails(1, "kevent could not be attached: " + sentence);
            assertEquals("KeventSelector selected 1", jvm.ask("select"));
        }
    }

    private static Path ofVersion(String version, Path directory) throws Exception {
        Path copy = directory.resolve("kevent-agent-" + version + ".jar");
        copy(Path.of(Cli.JAR), copy, version, null);
        return copy;
    }

    private static void copy(Path from, Path to, String version, String without) throws Exception {
        try (JarFile jar = new JarFile(from.toFile()); OutputStream out = Files.newOutputStream(to)) {
            Manifest manifest = jar.getManifest();
            manifest.getMainAttributes().putValue("Implementation-Version", version);
            try (JarOutputStream copied = new JarOutputStream(out, manifest)) {
                for (ZipEntry entry : jar.stream().toList()) {
                    if (!entry.getName().startsWith("META-INF/") && (without == null || !entry.getName().startsWith(without))) {
                        copied.putNextEntry(new ZipEntry(entry.getName()));
                        jar.getInputStream(entry).transferTo(copied);
                    }
                }
            }
        }
    }
}
