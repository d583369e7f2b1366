// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.bench.jvm.ChildJvm;
import io.kevent.bench.jvm.SystemCalls;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One round is one JVM.
 *
 * @param subject who reads
 * @param pairs how many pairs there are
 * @param inTurns whether one thread writes and reads in turns
 * @param setting for how long
 * @param counted whether strace counts, rather than the clock
 */
record SeedTrial(Subject subject, int pairs, boolean inTurns, Setting setting, boolean counted) implements Trial {
    private static final double PATIENCE_SECONDS = 60;
    /** What each end of a pair costs. */
    private static final double SECONDS_PER_PAIR = 2e-4;

    @Override
    public boolean once() {
        return counted;
    }

    @Override
    public double seconds() {
        return subject.secondsToStart() + pairs * SECONDS_PER_PAIR + setting.warmUp() + setting.work();
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        if (!counted) {
            Map<String, Double> figures = measure(List.of());
            double events = figures.get("events");
            return Sample.of(Metric.RATE, events / figures.get("nanos") * 1e9)
                    .with(Metric.CPU, figures.get("cpu") / events)
                    .with(Metric.ALLOCATED, figures.get("bytes") / events);
        }
        Path trace = Files.createTempFile("kevent-bench-", ".strace");
        try {
            double events = measure(SystemCalls.wrapper(trace)).get("events");
            return SystemCalls.read(trace).afterLine(1, events);
        } finally {
            Files.deleteIfExists(trace);
        }
    }

    private Map<String, Double> measure(List<String> wrapper) throws IOException, InterruptedException {
        try (ChildJvm child = ChildJvm.start(subject, wrapper, SeedMain.class, subject.name(), Integer.toString(pairs),
                Double.toString(setting.warmUp()), Double.toString(setting.work()), Boolean.toString(inTurns))) {
            Map<String, Double> figures = child.figures(PATIENCE_SECONDS);
            if (figures.get("events") == 0) {
                throw new IOException("no event came");
            }
            return figures;
        }
    }
}
