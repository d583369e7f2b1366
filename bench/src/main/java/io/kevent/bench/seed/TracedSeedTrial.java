// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.bench.jvm.TracedCalls;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The system calls of two threads at their full speed, counted by perf: strace would stop the one where the other one goes on. A JVM that is asked once. */
final class TracedSeedTrial implements Trial {
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
        return TracedCalls.secondsAround(jvm.setting().work());
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        jvm.start(List.of());
        jvm.begin(secondsOfWork());
        TracedCalls.Rates rates = TracedCalls.ofTheMiddle(jvm.pid(), jvm.setting().work());
        Map<String, Double> figures = jvm.answer(secondsOfWork());
        return rates.per(figures.get("events") / figures.get("nanos") * 1e9);
    }

    @Override
    public void close() throws IOException {
        jvm.close();
    }
}
