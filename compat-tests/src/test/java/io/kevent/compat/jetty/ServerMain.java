// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Server;

/**
 * The server's JVM. Reads one command per line from its standard input and answers each with one line of {@code name=value;} pairs;
 * the first line, unasked, tells where the server listens. The end of the input, which comes too when the parent dies, ends it.
 */
public final class ServerMain {
    private final TestServer server;

    private ServerMain(TestServer server) {
        this.server = server;
    }

    /** Arguments: how many selectors each connector gets (-1: Jetty's own choice), and for TLS the key store. */
    public static void main(String[] args) throws Exception {
        // one system call per answer, which makes it a mark in what strace writes down
        OutputStream answers = new FileOutputStream(FileDescriptor.out);
        // nothing else may get between the answers
        System.setOut(System.err);
        Path keystore = args.length > 1 ? Path.of(args[1]) : null;
        ServerMain main = new ServerMain(new TestServer(Integer.parseInt(args[0]), keystore));
        main.server.start();
        print(answers, main.where());
        main.serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), answers);
        CompletableFuture.delayedExecutor(10, TimeUnit.SECONDS).execute(() -> {
            System.err.println("the server did not stop within 10 seconds");
            Runtime.getRuntime().halt(3);
        });
        main.server.stop();
        System.exit(0);
    }

    private void serve(BufferedReader commands, OutputStream answers) throws IOException {
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            String answer;
            try {
                answer = answer(command);
            } catch (Exception e) {
                System.getLogger(ServerMain.class.getName()).log(System.Logger.Level.ERROR, command + " failed", e);
                answer = "error=" + e;
            }
            print(answers, answer);
        }
    }

    private static void print(OutputStream answers, String line) throws IOException {
        answers.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private String answer(String command) throws Exception {
        switch (command) {
            case "start":
                server.start();
                return where();
            case "stop":
                server.stop();
                return "stopped=true";
            case "where":
                return where();
            case "cpu":
                return "nanos=" + cpuNanos();
            case "census":
                return census();
            case "progress":
                return "consumed=" + server.consumed() + ";writesPending=" + server.writesPending();
            default:
                throw new IllegalArgumentException("unknown command " + command);
        }
    }

    private String where() {
        return "ports=" + join(server.ports())
            + ";provider=" + SelectorProvider.provider().getClass().getName()
            + ";selectors=" + String.join(",", server.selectorClasses())
            + ";jetty=" + Server.getVersion();
    }

    private static String join(Iterable<?> values) {
        StringBuilder joined = new StringBuilder();
        values.forEach(value -> joined.append(joined.length() == 0 ? "" : ",").append(value));
        return joined.toString();
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static String census() throws IOException {
        Set<Thread> threads = Thread.getAllStackTraces().keySet();
        Descriptors open = Descriptors.ofThisProcess();
        return "descriptors=" + open.count() + ";kinds=" + open
            + ";threads=" + threads.size() + ";names=" + threads.stream().map(Thread::getName).sorted().collect(Collectors.joining(", "));
    }
}
