// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Jetty in a JVM of its own, and the line to it: commands go to its standard input, answers come from its standard output.
 * It ends when this object is closed, and when this JVM ends, however that happens. Every wait is bounded.
 */
public final class ServerProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final String END = "end=";

    private final Process process;
    private final Path log;
    private final Writer commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Thread killer;
    private Map<String, String> where;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.killer = new Thread(this::kill, "kill server " + process.pid());
    }

    /**
     * Starts a server and waits until it listens.
     *
     * @param provider the selectors it runs on
     * @param selectors how many of them each of its connectors gets; -1 leaves that to Jetty
     * @param keystore for a TLS port beside the clear one, or null
     * @param wrapper a command line to run the JVM under, mostly empty
     */
    public static ServerProcess start(NioProvider provider, int selectors, Path keystore, List<String> wrapper) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(provider.flags());
        // a heap that neither grows nor starves; nothing in the server's output but its answers
        command.addAll(List.of("-Xms512m", "-Xmx512m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ServerMain.class.getName(), Integer.toString(selectors)));
        if (keystore != null) {
            command.add(keystore.toString());
        }
        Path log = Files.createTempFile("kevent-server-", ".log");
        ServerProcess server = new ServerProcess(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
        Runtime.getRuntime().addShutdownHook(server.killer);
        try {
            server.listen();
            server.where = server.answer("its first line");
            return server;
        } catch (IOException | RuntimeException | Error e) {
            server.abandon();
            throw e;
        }
    }

    private void listen() {
        Thread listener = new Thread(() -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                lines.lines().forEach(answers::add);
            } catch (IOException | UncheckedIOException e) {
                answers.add("error=" + e);
            }
            answers.add(END);
        }, "answers of server " + process.pid());
        listener.setDaemon(true);
        listener.start();
    }

    /** Sends a command and waits for its answer, which is a list of names and values. */
    public synchronized Map<String, String> ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        Map<String, String> answer = answer("'" + command + "'");
        if (command.equals("start")) {
            where = answer;
        }
        return answer;
    }

    private Map<String, String> answer(String what) throws IOException {
        String line;
        try {
            line = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the server was asked for " + what, e);
        }
        if (line == null) {
            throw new IOException("no answer from the server to " + what + " within " + PATIENCE_SECONDS + " seconds; " + lastWords());
        }
        if (line.equals(END)) {
            throw new IOException("the server's JVM ended instead of answering " + what + "; " + lastWords());
        }
        Map<String, String> answer = new HashMap<>();
        for (String pair : line.split(";")) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IOException("the server answered " + what + " with '" + line + "'");
            }
            answer.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        if (answer.containsKey("error")) {
            throw new IOException("the server failed to do " + what + ": " + line + "; " + lastWords());
        }
        return answer;
    }

    private String lastWords() throws IOException {
        String text = Files.readString(log);
        return text.isEmpty() ? "it wrote nothing to its error output"
            : "its error output ends:\n" + text.substring(Math.max(0, text.length() - 4000));
    }

    /** The clear port. */
    public InetSocketAddress address() {
        return port(0);
    }

    /** The TLS port of a server that was given a key store. */
    public InetSocketAddress tlsAddress() {
        return port(1);
    }

    private InetSocketAddress port(int index) {
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(where.get("ports").split(",")[index]));
    }

    /** The classes of the selectors that the server's ManagedSelectors have open. */
    public List<String> selectorClasses() {
        return List.of(where.get("selectors").split(","));
    }

    /** The class of the server's SelectorProvider. */
    public String providerClass() {
        return where.get("provider");
    }

    /** Jetty's version. */
    public String jettyVersion() {
        return where.get("jetty");
    }

    /** Processor time that the server has used by now. */
    public long cpuNanos() throws IOException {
        return Long.parseLong(ask("cpu").get("nanos"));
    }

    /** The process. */
    public long pid() {
        return process.pid();
    }

    /** Stops the server by ending its input; fails if it does not end by itself. */
    @Override
    public void close() throws IOException {
        try {
            commands.close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the server's JVM did not end within " + PATIENCE_SECONDS + " seconds; " + lastWords());
            }
            if (process.exitValue() != 0) {
                throw new IOException("the server's JVM ended with " + process.exitValue() + "; " + lastWords());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the server was stopping", e);
        } finally {
            abandon();
        }
    }

    private void abandon() {
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException shuttingDown) {
            return;
        }
        kill();
    }

    private void kill() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
