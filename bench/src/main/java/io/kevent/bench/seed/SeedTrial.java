// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** By the clock: one JVM, that is asked again and again for a short while. */
final class SeedTrial implements Trial {
    private final SeedJvm jvm;

    SeedTrial(SeedJvm jvm) {
        this.jvm = jvm;
    }

    @Override
    public Subject subject() {
        return jvm.subject();
    }

    @Override
    public double seconds() {
        return jvm.setting().work() / 2;
    }

    @Override
    public double secondsToOpen() {
        return jvm.secondsToStart();
    }

    @Override
    public void open() throws IOException, InterruptedException {
        jvm.start(List.of());
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        Map<String, Double> figures = jvm.ask(seconds());
        double events = figures.get("events");
        Sample sample = Sample.of(Metric.RATE, events / figures.get("nanos") * 1e9)
                .with(Metric.CPU, figures.get("cpu") / events)
                .with(Metric.ALLOCATED, figures.get("bytes") / events);
        return jvm.inTurns() ? sample : sample.with(Metric.SWITCHES, figures.get("switches") / events);
    }

    @Override
    public void close() throws IOException {
        jvm.close();
    }
}
