// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.util.Map;

/** How fast an echo server is, and what it uses. */
final class PoolTrial implements Trial {
    private final PoolJvms jvms;

    PoolTrial(PoolJvms jvms) {
        this.jvms = jvms;
    }

    @Override
    public Subject subject() {
        return jvms.subject();
    }

    @Override
    public double seconds() {
        return jvms.secondsOfLoad();
    }

    @Override
    public double secondsToOpen() {
        return jvms.secondsToStart();
    }

    @Override
    public void open() throws IOException, InterruptedException {
        jvms.hold();
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        Map<String, Double> before = jvms.usage();
        Map<String, Double> loaded = jvms.load(seconds());
        Map<String, Double> after = jvms.usage();
        double requests = loaded.get("requests");
        return Sample.of(Metric.RATE, requests / loaded.get("micros") * 1e6)
                .with(Metric.CPU, (after.get("cpu") - before.get("cpu")) / requests)
                .with(Metric.SWITCHES, (after.get("switches") - before.get("switches")) / requests)
                .with(Metric.ALLOCATED, (after.get("allocated") - before.get("allocated")) / requests)
                .with(Metric.P50, loaded.get("p50")).with(Metric.P99, loaded.get("p99")).with(Metric.P999, loaded.get("p999"));
    }

    @Override
    public void close() throws IOException {
        jvms.letGo();
    }
}
