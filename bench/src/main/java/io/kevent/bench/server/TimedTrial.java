// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import java.io.IOException;
import java.util.Map;

/** How fast a server is, and what it uses, in a short while under load. */
final class TimedTrial extends WarmTrial {
    private final Wrk.Pace pace;

    TimedTrial(ServerJvm server, Subject subject, int connections, double seconds, Wrk.Pace pace) {
        super(server, subject, connections, seconds);
        this.pace = pace;
    }

    @Override
    public double seconds() {
        return seconds + secondsToConnect();
    }

    @Override
    Sample look() throws IOException, InterruptedException {
        Map<String, Double> before = server.usage();
        Wrk.Load load = Wrk.run(port(), connections, seconds(), pace);
        Map<String, Double> after = server.usage();
        load.check();
        return Sample.of(Metric.RATE, load.requests() / load.micros() * 1e6)
                .with(Metric.CPU, (after.get("cpu") - before.get("cpu")) / load.requests())
                .with(Metric.SWITCHES, (after.get("switches") - before.get("switches")) / load.requests())
                .with(Metric.ALLOCATED, (after.get("allocated") - before.get("allocated")) / load.requests())
                .with(Metric.P50, load.p50()).with(Metric.P99, load.p99()).with(Metric.P999, load.p999());
    }
}
