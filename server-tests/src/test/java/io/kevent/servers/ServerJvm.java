// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import io.kevent.servers.programs.Certificate;
import io.kevent.servers.programs.Program;
import io.kevent.servers.programs.ProgramMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/**
 * A JVM of its own and the line to it: commands go to its standard input, answers come from its standard output, one line each. It ends when this
 * object is closed, and when this JVM ends, however that happens. Every wait is bounded.
 */
public final class ServerJvm implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final List<String> SHORT_LIVED = List.of(System.getProperty("kevent.short.lived").split(" "));
    private static final String END = "error=the JVM has ended";

    private final Process process;
    private final Path log;
    private final Writer commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Thread killer;
    private Map<String, String> ports = Map.of();

    private ServerJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.killer = new Thread(process::destroyForcibly, "kill " + process.pid());
    }

    /** The option that puts the agent under a JVM, and all that anyone needs to write. */
    static List<String> agent() {
        return List.of("-javaagent:" + System.getProperty("kevent.agent.jar"));
    }

    /** Flags for a JVM in which no code runs long enough to be compiled well, for whatever tests that code. */
    static List<String> shortLived() {
        return SHORT_LIVED;
    }

    /** Starts a program on the class path of the tests and waits until it has started. */
    public static ServerJvm start(Class<? extends Program> program, Certificate certificate, List<String> flags) throws IOException {
        return start(program, certificate, flags, System.getProperty("java.class.path"));
    }

    static ServerJvm start(Class<? extends Program> program, Certificate certificate, List<String> flags, String classPath) throws IOException {
        List<String> arguments = new ArrayList<>(flags);
        arguments.addAll(List.of("-cp", classPath, ProgramMain.class.getName(), program.getName(), certificate.keystore().toString()));
        ServerJvm jvm = launch(arguments);
        try {
            jvm.ports = jvm.pairs("its ports");
            return jvm;
        } catch (RuntimeException | Error e) {
            jvm.abandon();
            throw e;
        }
    }

    /** Starts a JVM with anything on its command line. */
    static ServerJvm launch(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Path log = Files.createTempFile("kevent-jvm-", ".log");
        ServerJvm jvm = new ServerJvm(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
        Runtime.getRuntime().addShutdownHook(jvm.killer);
        Thread listener = new Thread(jvm::listen, "answers of " + jvm.pid());
        listener.setDaemon(true);
        listener.start();
        return jvm;
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(answers::add);
        } catch (IOException | UncheckedIOException e) {
            answers.add("error=" + e);
        }
        answers.add(END);
    }

    /** Sends a command and gives the names and values of its answer; fails the test if the program failed to do it. */
    public synchronized Map<String, String> ask(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            return fail("'" + command + "' could not be sent; " + lastWords(), e);
        }
        return pairs("'" + command + "'");
    }

    private Map<String, String> pairs(String what) {
        String line = line(what);
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : line.isEmpty() ? new String[0] : line.split(";")) {
            String[] both = pair.split("=", 2);
            assertEquals(2, both.length, () -> "the answer to " + what + " is '" + line + "'");
            pairs.put(both[0], both[1]);
        }
        assertTrue(!pairs.containsKey("error"), () -> "the JVM failed to do " + what + ": " + line + "; " + lastWords());
        return pairs;
    }

    private String line(String what) {
        try {
            String line = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertTrue(line != null, () -> "no answer to " + what + " within " + PATIENCE_SECONDS + " seconds; " + lastWords());
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail("interrupted while waiting for " + what, e);
        }
    }

    /** The address of a server of the program, as in {@code https://127.0.0.1:8443}. */
    String url(String name) {
        return name + "://127.0.0.1:" + ports.get(name);
    }

    public int port(String name) {
        return Integer.parseInt(ports.get(name));
    }

    boolean listens(String name) {
        return ports.containsKey(name);
    }

    public long pid() {
        return process.pid();
    }

    /** What it has written to its standard error by now. */
    public List<String> errorOutput() throws IOException {
        return Files.readAllLines(log);
    }

    /** What is left of its standard output, after its end. */
    List<String> output() {
        List<String> lines = new ArrayList<>();
        for (String line = line("the end of its output"); !line.equals(END); line = line("the end of its output")) {
            lines.add(line);
        }
        return lines;
    }

    private String lastWords() {
        try {
            String text = Files.readString(log);
            return text.isEmpty() ? "it wrote nothing to its error output"
                    : "its error output ends:\n" + text.substring(Math.max(0, text.length() - 4_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it end by itself and gives its exit code. */
    int end() throws IOException {
        commands.close();
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "the JVM does not end; " + lastWords());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted while the JVM was ending", e);
        }
        return process.exitValue();
    }

    /** Fails the test if it does not end by itself, or not well. */
    @Override
    public void close() throws IOException {
        try {
            assertEquals(0, end(), this::lastWords);
        } finally {
            abandon();
        }
    }

    private void abandon() throws IOException {
        Runtime.getRuntime().removeShutdownHook(killer);
        process.destroyForcibly();
        Files.deleteIfExists(log);
    }
}
