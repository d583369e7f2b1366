// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.util.Map;

/** A server that is warm, under load for a short while. */
final class TimedTrial implements Trial {
    private final ServerJvm server;
    private final int connections;
    private final double seconds;

    /**
     * Prepares.
     *
     * @param server the server
     * @param connections how many there are
     * @param seconds how long a turn takes, without what it takes to connect
     */
    TimedTrial(ServerJvm server, int connections, double seconds) {
        this.server = server;
        this.connections = connections;
        this.seconds = seconds;
    }

    @Override
    public Subject subject() {
        return server.subject();
    }

    @Override
    public double seconds() {
        return seconds + secondsToConnect(connections);
    }

    /** The load opens its connections in each turn, and with 8,000 a short one would be over before the first answer. */
    static int secondsToConnect(int connections) {
        return connections / 1000;
    }

    @Override
    public double secondsToOpen() {
        return server.secondsToStart(this);
    }

    @Override
    public void open() throws IOException, InterruptedException {
        server.hold();
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        Map<String, Double> before = server.usage();
        Wrk.Load load = Wrk.run(server.port(), connections, seconds());
        Map<String, Double> after = server.usage();
        load.check();
        return Sample.of(Metric.RATE, load.requests() / load.micros() * 1e6)
                .with(Metric.CPU, (after.get("cpu") - before.get("cpu")) / load.requests())
                .with(Metric.SWITCHES, (after.get("switches") - before.get("switches")) / load.requests())
                .with(Metric.P50, load.p50()).with(Metric.P99, load.p99()).with(Metric.P999, load.p999());
    }

    @Override
    public void close() throws IOException {
        server.letGo();
    }
}
