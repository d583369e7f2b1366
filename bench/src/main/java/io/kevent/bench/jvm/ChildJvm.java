// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import com.google.gson.reflect.TypeToken;
import io.kevent.bench.plan.Subject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A JVM that is started as a subject, and the line to it: commands go to its standard input, figures come from its standard output, one JSON object per
 * line. It ends when this object is closed, and when this JVM ends, however that happens. Every wait is bounded.
 */
public final class ChildJvm implements AutoCloseable {
    private static final int SECONDS_TO_END = 20;
    private static final String END = "";
    private static final TypeToken<Map<String, Double>> FIGURES = new TypeToken<>() { };

    private final Process process;
    private final Path log;
    private final Writer commands;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread killer;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.killer = new Thread(process::destroyForcibly, "kill child " + process.pid());
    }

    /**
     * Starts a JVM that does a small piece of work.
     *
     * @param subject what it is to be
     * @param wrapper a command line to run it under, mostly empty
     * @param main its main class
     * @param arguments of the main class
     * @return the JVM
     * @throws IOException if it cannot be started
     */
    public static ChildJvm start(Subject subject, List<String> wrapper, Class<?> main, String... arguments) throws IOException {
        return start(subject, Site.STEADY, wrapper, main, arguments);
    }

    /**
     * Starts a JVM with a server.
     *
     * @param subject what it is to be
     * @param wrapper a command line to run it under, mostly empty
     * @param main its main class
     * @param arguments of the main class
     * @return the JVM
     * @throws IOException if it cannot be started
     */
    public static ChildJvm startServer(Subject subject, List<String> wrapper, Class<?> main, String... arguments) throws IOException {
        // Jetty keeps 90 kB for each connection: of 512 MB 8,000 of them leave nothing but a collector of garbage that never ends
        return start(subject, List.of("-Xms2g", "-Xmx2g", "-XX:+UseParallelGC"), wrapper, main, arguments);
    }

    private static ChildJvm start(Subject subject, List<String> flags, List<String> wrapper, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Site.java().toString());
        command.addAll(subject.jvmFlags(Site.agentJar()));
        command.addAll(flags);
        command.add("-Djava.io.tmpdir=" + Site.temporary());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(Site.temporary(), "kevent-bench-", ".log");
        ChildJvm child = new ChildJvm(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
        Runtime.getRuntime().addShutdownHook(child.killer);
        child.listen();
        return child;
    }

    private void listen() {
        Thread listener = new Thread(() -> {
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                output.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                // killed, which the end of the lines tells as well
            }
            lines.add(END);
        }, "lines of child " + process.pid());
        listener.setDaemon(true);
        listener.start();
    }

    /**
     * Sends a command.
     *
     * @param command a line
     * @throws IOException if the JVM does not read any more
     */
    public void tell(String command) throws IOException {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new IOException("the child takes no command any more; " + lastWords(), e);
        }
    }

    /**
     * Waits for the next line of figures. Other lines are passed over.
     *
     * @param seconds how long to wait at most
     * @return the figures by name
     * @throws IOException if the JVM ends before, or the time is up
     * @throws InterruptedException if the thread is interrupted
     */
    public Map<String, Double> figures(double seconds) throws IOException, InterruptedException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (;;) {
            String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IOException("the child did not answer within " + Math.round(seconds) + " s; " + lastWords());
            }
            if (line.equals(END)) {
                throw new IOException("the child ended instead of answering; " + lastWords());
            }
            if (line.startsWith("{")) {
                try {
                    return new Gson().fromJson(line, FIGURES);
                } catch (JsonSyntaxException e) {
                    throw new IOException("the child answered " + line, e);
                }
            }
        }
    }

    private String lastWords() throws IOException {
        String text = Files.readString(log);
        return text.isBlank() ? "it wrote nothing to its error output" : "its error output ends: " + text.substring(Math.max(0, text.length() - 2000)).strip();
    }

    /**
     * The process.
     *
     * @return its id; under a wrapper that of the wrapper
     */
    public long pid() {
        return process.pid();
    }

    /**
     * How many descriptors it has open.
     *
     * @return files, sockets and all else
     * @throws IOException if it has ended
     */
    public int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return (int) open.count();
        } catch (IOException e) {
            throw new IOException("the child's descriptors cannot be counted; " + lastWords(), e);
        }
    }

    /** Ends the JVM: by ending its input, and if that does not help by force. */
    @Override
    public void close() throws IOException {
        try {
            commands.close();
        } catch (IOException e) {
            // it has ended already
        }
        try {
            process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
            try {
                Runtime.getRuntime().removeShutdownHook(killer);
            } catch (IllegalStateException e) {
                // this JVM is ending
            }
            Files.deleteIfExists(log);
        }
    }
}
