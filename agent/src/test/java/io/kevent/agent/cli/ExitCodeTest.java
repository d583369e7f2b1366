// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import com.sun.tools.attach.AttachOperationFailedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a script can rely on: a number and one sentence for each way not to succeed. */
class ExitCodeTest {
    static final String UNWRITTEN = "the output could not be written: its reader has gone, or there is no room left for it";

    @Test
    void helpAndVersionAreAnswers() throws Exception {
        for (String[] arguments : new String[][] {{"--help"}, {"attach", "--help"}, {"detach", "-h"}, {"status", "--help"}, {"list", "--help"}}) {
            Cli help = Cli.run((Object[]) arguments);
            assertEquals(0, help.exitCode(), help::toString);
            assertEquals(List.of(), help.err());
            assertTrue(help.out().get(0).startsWith("Usage: java -jar kevent-agent.jar"), help::toString);
            assertTrue(help.out().stream().anyMatch(line -> line.startsWith("  5   The JVM refuses agents")), help::toString);
            assertTrue(help.out().stream().allMatch(line -> line.length() <= 120), help::toString);
        }
        Cli.run("--version").assertDone("kevent \\S+ \\(Java \\S+\\)");
    }

    @Test
    void noCommandShowsTheUsage() throws Exception {
        Cli cli = Cli.run();
        assertEquals(2, cli.exitCode());
        assertTrue(cli.err().get(0).startsWith("Usage: java -jar kevent-agent.jar"), cli::toString);
    }

    @Test
    void wrongCommandLineIs2() throws Exception {
        Cli.run("attach").assertFails(2, "Missing required parameter: 'PID' \\(try java -jar kevent-agent.jar attach --help\\)");
        Cli.run("attach", "abc").assertFails(2, "Invalid value for .*'abc' is not a long.*");
        Cli.run("attach", "-1").assertFails(2, ".*");
        Cli.run("atach", "1").assertFails(2, ".*'atach'.*");
        Cli.run("status", "1", "--watch=0").assertFails(2, "--watch takes .*");
        Cli.run("status", "1", "--timeout=0").assertFails(2, "--timeout .*");
        Cli.run("attach", "1", "accpt=all").assertFails(2, "unknown option of the kevent agent: accpt, did you mean accept\\? .*");
        Cli.run("attach", "1", "accept=one").assertFails(2, "bad option of the kevent agent: .*expected one of \\[all, wake-one].*");
    }

    @Test
    void commandItselfIs2() throws Exception {
        // the shell's number becomes that of the command
        Cli.start(List.of("sh", "-c", "exec " + Cli.JAVA + " -jar " + Cli.JAR + " attach $$")).end()
                .assertFails(2, "\\d+ is this command itself: give the PID of another JVM .*");
    }

    @Test
    void processThatIsNotThereIs3() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        for (String command : List.of("attach", "detach", "status")) {
            Cli.run(command, ended.pid()).assertFails(3, "there is no process " + ended.pid() + ": .*");
        }
    }

    @Test
    void processThatIsNoJvmIs3AndGoesOn() throws Exception {
        Process cat = new ProcessBuilder("cat").start();
        try {
            Cli.run("attach", cat.pid()).assertFails(3, "process " + cat.pid() + " is not a JVM: .*");
            assertTrue(cat.isAlive());
        } finally {
            cat.destroyForcibly().waitFor();
        }
    }

    @Test
    void outputThatCannotBeWrittenIs1() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            for (Object[] arguments : new Object[][] {{"status", jvm.pid(), "--json"}, {"list", "--json"}, {"detach", jvm.pid()}}) {
                List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" > /dev/full", "sh"));
                command.addAll(Cli.command(arguments));
                Cli.start(command).end().assertFails(1, UNWRITTEN);
            }
        }
    }

    /** As systemd's PrivateTmp does, and a container without processes of its own. */
    @Test
    void jvmWithAFileSystemOfItsOwnIs1AndTheWayToItIsNamed(@TempDir Path directory) throws Exception {
        Path jar = Files.copy(Path.of(Cli.JAR), directory.resolve("kevent-agent.jar"));
        List<String> inNamespace = List.of("unshare", "--mount", "sh", "-c", "mount -t tmpfs none /tmp && exec \"$@\"", "sh");
        assumeTrue(canRun(inNamespace), "the tests may not make a mount namespace");
        assumeTrue(jar.startsWith("/tmp"), "the temporary directory is not hidden by the namespace");
        try (TargetJvm jvm = TargetJvm.startBy(inNamespace)) {
            List<String> command = List.of(Cli.JAVA, "-jar", jar.toString(), "attach", Long.toString(jvm.pid()));
            Cli.start(command).end().assertFails(1, Runtime.version().feature() < 21
                    ? "the JVM \\d+ has a /tmp of its own .*: run this command with a newer java, or by nsenter -t \\d+ -m"
                    : "the JVM \\d+ sees another file system, which has no " + jar + ": copy the jar to the same place in there");
            assertGoesOn(jvm);
        }
    }

    static boolean canRun(List<String> prefix) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void threadOfAProcessIs3() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            String thread;
            try (var threads = Files.list(Path.of("/proc/" + jvm.pid() + "/task"))) {
                thread = threads.map(path -> path.getFileName().toString()).filter(id -> !id.equals(Long.toString(jvm.pid()))).findFirst().orElseThrow();
            }
            Cli.run("attach", thread).assertFails(3, thread + " is a thread of process " + jvm.pid() + ": give that number");
        }
    }

    @Test
    void processOfAnotherUserIs4(@TempDir Path directory) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/setpriv")), "only root can be another user");
        Path jar = readableCopy(directory);
        try (TargetJvm jvm = TargetJvm.start()) {
            List<String> command = new ArrayList<>(List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", Cli.JAVA, "-jar",
                    jar.toString(), "attach", Long.toString(jvm.pid())));
            Cli.start(command).end().assertFails(4, "process " + jvm.pid() + " belongs to root: run this command as that user, or as root");
        }
    }

    @Test
    void processThatIsHiddenIs4(@TempDir Path directory) throws Exception {
        String hiding = "mount -t proc -o hidepid=1 none /proc && exec \"$@\"";
        List<String> asOther = List.of("unshare", "--mount", "sh", "-c", hiding, "sh", "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        assumeTrue(canRun(asOther), "the tests may not hide processes");
        Path jar = readableCopy(directory);
        try (TargetJvm jvm = TargetJvm.start()) {
            List<String> command = new ArrayList<>(asOther);
            command.addAll(List.of(Cli.JAVA, "-jar", jar.toString(), "status", Long.toString(jvm.pid())));
            Cli.start(command).end().assertFails(4, "process " + jvm.pid() + " may not be looked into: run this command as its user, or as root");
        }
    }

    /** The jar and the way to it, for every user. */
    private static Path readableCopy(Path directory) throws IOException {
        Path jar = directory.resolve("kevent-agent.jar");
        Files.copy(Path.of(Cli.JAR), jar, StandardCopyOption.REPLACE_EXISTING);
        assertTrue(directory.toFile().setExecutable(true, false) && directory.toFile().setReadable(true, false) && jar.toFile().setReadable(true, false));
        return jar;
    }

    @Test
    void jvmThatRefusesIs5AndIsNotDisturbed(@TempDir Path directory) throws Exception {
        for (String flag : List.of("-XX:-EnableDynamicAgentLoading", "-XX:+DisableAttachMechanism")) {
            String sentence = "the JVM \\d+ refuses agents while it runs, as it was told by " + flag.replace("+", "\\+") + ": start it without .*";
            try (TargetJvm jvm = TargetJvm.start(flag)) {
                Cli.run("attach", jvm.pid()).assertFails(5, sentence);
                assertGoesOn(jvm);
            }
            try (TargetJvm jvm = TargetJvm.startWithToolOptions(flag)) {
                Cli.run("attach", jvm.pid()).assertFails(5, sentence);
                assertGoesOn(jvm);
            }
            // where the process does not show its flags the JVM itself must say it
            Path flags = Files.writeString(directory.resolve("flags"), flag);
            try (TargetJvm jvm = TargetJvm.start("@" + flags)) {
                Cli.run("attach", jvm.pid()).assertFails(5, sentence);
                assertGoesOn(jvm);
            }
        }
    }

    @Test
    void jvmThatTheSignalWouldEndIs5AndGoesOn() throws Exception {
        try (TargetJvm jvm = TargetJvm.start("-Xrs")) {
            Files.delete(jvm.awaitSocket());
            Cli.run("attach", jvm.pid()).assertFails(5, "the JVM \\d+ would end by the signal of an attach request \\(SIGQUIT\\): .*-Xrs.*");
            assertGoesOn(jvm);
        }
    }

    private static void assertGoesOn(TargetJvm jvm) throws Exception {
        assertEquals("EPollSelectorImpl selected 1", jvm.ask("select"));
        jvm.end();
        assertEquals(List.of(), jvm.said());
    }

    @Test
    void jvmThatIsTooOldIs6() throws Exception {
        for (String version : List.of("11", "1.8")) {
            try (TargetJvm jvm = TargetJvm.start()) {
                jvm.ask("set java.specification.version " + version);
                Cli.run("attach", jvm.pid()).assertFails(6, "the JVM \\d+ is of Java (11|8): kevent needs 17 or newer");
                assertGoesOn(jvm);
            }
        }
    }

    @Test
    void jvmOfAnotherMakeIs6() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            jvm.ask("set java.vm.name Eclipse OpenJ9 VM");
            Cli.run("attach", jvm.pid()).assertFails(6, "the JVM \\d+ is an Eclipse OpenJ9 VM: kevent needs a HotSpot \\(OpenJDK\\) JVM");
            assertGoesOn(jvm);
        }
    }

    @Test
    void runtimeWithoutTheAttachModuleIs6() throws Exception {
        for (List<String> arguments : List.of(List.of("attach", "1"), List.of("list"))) {
            List<String> command = new ArrayList<>(List.of(Cli.JAVA, "--limit-modules", "java.base,java.logging,java.management", "-jar", Cli.JAR));
            command.addAll(arguments);
            Cli.start(command).end().assertFails(6, "the Java runtime in \\S+ has no module jdk.attach: run this command with the java of a JDK");
        }
    }

    @Test
    void jvmWithoutTheInstrumentModuleIs6AndGoesOn(@TempDir Path directory) throws Exception {
        Path jlink = Path.of(Cli.JAVA).resolveSibling("jlink");
        assumeTrue(Files.isExecutable(jlink), "this JDK makes no images");
        Path image = directory.resolve("image");
        Process made = new ProcessBuilder(jlink.toString(), "--add-modules", "java.base,java.logging,java.management", "--output", image.toString())
                .redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
        assertEquals(0, made.waitFor(), () -> "jlink failed");
        // the shell leaves out the java that it is given and takes that of the image
        try (TargetJvm jvm = TargetJvm.startBy(List.of("sh", "-c", "shift && exec " + image.resolve("bin/java") + " \"$@\"", "sh"))) {
            Cli.run("attach", jvm.pid()).assertFails(6, "the JVM \\d+ runs on an image without the module java\\.instrument, .*");
            assertGoesOn(jvm);
        }
    }

    @Test
    void stoppedJvmIs7AtOnce() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            jvm.signal("STOP");
            awaitState(jvm, 'T');
            Cli.run("attach", jvm.pid()).assertFails(7, "process \\d+ is stopped: let it go on \\(kill -CONT \\d+\\) and try again");
            jvm.signal("CONT");
            Cli.run("attach", jvm.pid(), "log=off").assertDone("kevent \\S+ is attached.*");
        }
    }

    private static void awaitState(TargetJvm jvm, char state) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Files.readString(Path.of("/proc/" + jvm.pid() + "/stat")).replaceFirst(".*\\) ", "").charAt(0) != state) {
            assertTrue(System.nanoTime() < end, "the process does not stop");
        }
    }

    @Test
    void jvmThatDoesNotAnswerInTimeIs7(@TempDir Path directory) throws Exception {
        Path jar = AgentJar.of(BlockingAgent.class, directory);
        try (TargetJvm jvm = TargetJvm.start()) {
            Thread blocked = new Thread(() -> load(jvm, jar));
            blocked.start();
            jvm.await("get blocked", "true");
            Cli.run("attach", jvm.pid(), "--timeout=1").assertFails(7, "the JVM \\d+ did not answer within 1 s: .*");
            jvm.end();
            blocked.join();
        }
    }

    /** Ends with the JVM. */
    private static void load(TargetJvm jvm, Path jar) {
        try {
            VirtualMachine.attach(Long.toString(jvm.pid())).loadAgent(jar.toString());
        } catch (AttachOperationFailedException e) {
            throw new AssertionError(e);
        } catch (Exception e) {
            // the connection broke
        }
    }
}
