// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The web server from the command line. */
@Command(name = "web", sortOptions = false, usageHelpWidth = 120,
    description = "Serves HTTP/1.1 on 127.0.0.1 until it gets SIGTERM or SIGINT: many threads on one queue.")
public final class Main implements Callable<Integer> {
    @Option(names = "--port", defaultValue = "8080", description = "where to listen; 0 for any that is free (default: 8080)")
    private int port;

    @Option(names = "--threads", defaultValue = "4", description = "how many workers (default: 4)")
    private int threads;

    @Option(names = "--idle-seconds", defaultValue = "30", description = "how long a connection may do nothing before it is closed (default: 30)")
    private int idleSeconds;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this and end")
    private boolean help;

    @Spec
    private CommandSpec command;

    /** Exits with 0 if the server was stopped by a signal, and with 1 if it had to stop. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((failure, parsed, result) -> {
            parsed.getErr().println("web: " + failure.getMessage());
            return 1;
        });
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws Exception {
        within("--port", port, 0, 65_535);
        within("--threads", threads, 1, 1000);
        within("--idle-seconds", idleSeconds, 1, 86_400);
        AtomicInteger numbers = new AtomicInteger();
        ThreadFactory workers = loop -> new Thread(loop, "web-worker-" + numbers.incrementAndGet());
        PrintWriter out = command.commandLine().getOut();
        boolean asked;
        try (WebServer server = new WebServer(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port))) {
            server.stopOn("TERM");
            server.stopOn("INT");
            server.start(threads, workers, Duration.ofSeconds(idleSeconds));
            out.println("serving http://127.0.0.1:" + server.address().getPort() + "/");
            out.flush();
            asked = server.awaitStop();
        }
        out.println(asked ? "stopped" : "stopped, since a worker has ended");
        out.flush();
        return asked ? 0 : 1;
    }

    private void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(command.commandLine(), option + " must be from " + least + " to " + most + ", not " + value);
        }
    }
}
