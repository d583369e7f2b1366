// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.jvm.ChildJvm;
import io.kevent.bench.jvm.SystemCalls;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The system calls of a server under load, counted by strace in a JVM of its own. */
final class CountedTrial implements Trial {
    /** The lines of the child before what counts: its port, and what it had used by then. */
    private static final int LINES_BEFORE = 2;
    /** Before it is counted and after. It need not be fast by then, only to have gone through all of its code. */
    private static final double SECONDS_BESIDE = 4;
    private static final double MILLIS = 1000;

    private final ServerJvm server;
    private final int connections;
    private final double seconds;

    /**
     * Prepares.
     *
     * @param server the server; another one like it is started
     * @param connections how many there are
     * @param seconds how long to count, in the middle of the load: neither the opening of the connections nor their end is in it
     */
    CountedTrial(ServerJvm server, int connections, double seconds) {
        this.server = server;
        this.connections = connections;
        this.seconds = seconds;
    }

    @Override
    public Subject subject() {
        return server.subject();
    }

    @Override
    public boolean once() {
        return true;
    }

    @Override
    public double seconds() {
        return server.subject().secondsToStart() + secondsOfLoad();
    }

    private double secondsOfLoad() {
        return seconds + 2 * (SECONDS_BESIDE + TimedTrial.secondsToConnect(connections));
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        Path trace = Files.createTempFile("kevent-bench-", ".strace");
        try {
            double requests;
            try (ChildJvm child = server.start(SystemCalls.wrapper(trace));
                    Wrk load = Wrk.start(ServerJvm.port(child), connections, secondsOfLoad())) {
                TimeUnit.MILLISECONDS.sleep(Math.round((secondsOfLoad() - seconds) / 2 * MILLIS));
                double before = ServerJvm.requests(child);
                TimeUnit.MILLISECONDS.sleep(Math.round(seconds * MILLIS));
                requests = ServerJvm.requests(child) - before;
                load.load().check();
            }
            return SystemCalls.read(trace).afterLine(LINES_BEFORE, requests);
        } finally {
            Files.deleteIfExists(trace);
        }
    }
}
