// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import io.kevent.programs.TargetProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A JVM to attach to, which runs {@link TargetProgram}. What it says on its standard error output is kept. */
final class TargetJvm implements AutoCloseable {
    private static final int SECONDS = 60;
    private static final Path CLASSES = Path.of("target", "test-classes").toAbsolutePath();

    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;
    private final Path err = Files.createTempFile("kevent-target", ".err");

    private TargetJvm(List<String> command, String toolOptions) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        if (toolOptions != null) {
            builder.environment().put("JAVA_TOOL_OPTIONS", toolOptions);
        }
        process = builder.directory(CLASSES.toFile()).start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        assertEquals("ready", out.readLine());
    }

    /** Started with flags. */
    static TargetJvm start(String... flags) throws IOException {
        return new TargetJvm(command(CLASSES.toString(), flags), null);
    }

    /** Started with flags that the command line of the process does not show. */
    static TargetJvm startWithToolOptions(String options) throws IOException {
        return new TargetJvm(command(CLASSES.toString()), options);
    }

    /** Started by another program, whose process it becomes, and which may hide files from it: its classes it finds all the same. */
    static TargetJvm startBy(List<String> prefix) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(command("/proc/self/cwd"));
        return new TargetJvm(command, null);
    }

    /** With a jar on the class path, which is looked into for each class. */
    static TargetJvm startWithJar(Path jar) throws IOException {
        return new TargetJvm(command(jar + ":" + CLASSES), null);
    }

    /** With kevent on the class path as the provider, and no agent. */
    static TargetJvm startWithProvider(String jar) throws IOException {
        return new TargetJvm(command(jar + ":" + CLASSES,
                "-Djava.nio.channels.spi.SelectorProvider=io.kevent.provider.KeventSelectorProvider", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"), null);
    }

    private static List<String> command(String classPath, String... flags) {
        List<String> command = new ArrayList<>(List.of(Cli.JAVA));
        command.addAll(Cli.SHORT_LIVED);
        command.addAll(Arrays.asList(flags));
        command.addAll(List.of("-cp", classPath, TargetProgram.class.getName()));
        return command;
    }

    long pid() {
        return process.pid();
    }

    /** The JVM where the program that it was started by has not become it. */
    ProcessHandle child() {
        return process.children().findFirst().orElseThrow();
    }

    /** Asks the program; gives its answer of one line. */
    String ask(String question) throws IOException {
        in.println(question);
        return out.readLine();
    }

    /** Waits until an answer is as it should be. */
    void await(String question, String answer) throws IOException, TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (String got = ask(question); !got.equals(answer); got = ask(question)) {
            if (System.nanoTime() > end) {
                throw new TimeoutException(question + " still answers " + got);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** The socket to attach by, which a JVM that does not catch signals opens when it starts. */
    Path awaitSocket() {
        Path socket = Path.of("/tmp", ".java_pid" + pid());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!Files.exists(socket)) {
            assertTrue(System.nanoTime() < end, "the JVM does not open its socket");
            LockSupport.parkNanos(10_000_000);
        }
        return socket;
    }

    void signal(String name) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor());
    }

    /** What the JVM said on its standard error output, but for the JVM's own warning of agents. */
    List<String> said() throws IOException {
        return Files.readAllLines(err).stream().filter(line -> !line.startsWith("WARNING: A Java agent has been loaded dynamically")
                && !line.startsWith("WARNING: If a serviceability tool is") && !line.startsWith("WARNING: Dynamic loading of agents")
                && !line.startsWith("Picked up JAVA_TOOL_OPTIONS")).toList();
    }

    /** Ends it, and fails if it does not end by itself. */
    void end() throws IOException, InterruptedException {
        in.close();
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "the JVM does not end");
        assertEquals(0, process.exitValue());
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.delete(err);
    }
}
