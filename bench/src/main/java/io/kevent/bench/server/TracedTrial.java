// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.jvm.TracedCalls;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The selector's system calls of a warm server that runs at its full speed. */
final class TracedTrial implements Trial {
    private static final double SECONDS_BESIDE = 1;
    private static final double MILLIS = 1000;
    private static final double NANOS = 1e9;

    private final ServerJvm server;
    private final int connections;
    private final double seconds;

    /**
     * Prepares.
     *
     * @param server the server
     * @param connections how many there are
     * @param seconds how long to count, in the middle of the load
     */
    TracedTrial(ServerJvm server, int connections, double seconds) {
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
        return seconds + 2 * (SECONDS_BESIDE + TimedTrial.secondsToConnect(connections));
    }

    @Override
    public void open() throws IOException, InterruptedException {
        server.hold();
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        try (Wrk load = Wrk.start(server.port(), connections, seconds())) {
            TimeUnit.MILLISECONDS.sleep(Math.round((seconds() - seconds) / 2 * MILLIS));
            double before = server.usage().get("requests");
            long start = System.nanoTime();
            try (TracedCalls calls = TracedCalls.count(server.pid(), seconds)) {
                double perSecond = calls.perSecond();
                double requestsPerSecond = (server.usage().get("requests") - before) / (System.nanoTime() - start) * NANOS;
                load.load().check();
                return Sample.of(Metric.CALLS_AT_SPEED, perSecond / requestsPerSecond);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.letGo();
    }
}
