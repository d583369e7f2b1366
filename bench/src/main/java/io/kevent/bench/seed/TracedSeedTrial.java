// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.bench.jvm.TracedCalls;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The system calls of two threads at their full speed, counted by perf: strace would stop the one where the other one goes on. A JVM that is asked once. */
final class TracedSeedTrial implements Trial {
    private static final double SECONDS_BESIDE = 0.5;

    private final SeedJvm jvm;

    TracedSeedTrial(SeedJvm jvm) {
        this.jvm = jvm;
    }

    @Override
    public Subject subject() {
        return jvm.subject();
    }

    @Override
    public Repetition repetition() {
        return Repetition.ONCE;
    }

    @Override
    public double seconds() {
        return jvm.secondsToStart() + secondsOfWork();
    }

    private double secondsOfWork() {
        return jvm.setting().work() + 2 * SECONDS_BESIDE;
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        jvm.start(List.of());
        jvm.begin(secondsOfWork());
        TimeUnit.MILLISECONDS.sleep(Math.round(SECONDS_BESIDE * 1e3));
        try (TracedCalls calls = TracedCalls.count(jvm.pid(), jvm.setting().work())) {
            TracedCalls.Rates rates = calls.rates();
            Map<String, Double> figures = jvm.answer(secondsOfWork());
            double eventsPerSecond = figures.get("events") / figures.get("nanos") * 1e9;
            return rates.per(eventsPerSecond);
        }
    }

    @Override
    public void close() throws IOException {
        jvm.close();
    }
}
