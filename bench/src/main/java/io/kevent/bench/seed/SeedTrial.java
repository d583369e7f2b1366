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

/** One JVM, that is asked again and again for a short while; or one under strace, that is asked once. */
final class SeedTrial implements Trial {
    private static final double PATIENCE_SECONDS = 60;
    /** What each end of a pair costs. */
    private static final double SECONDS_PER_PAIR = 2e-4;

    private final Subject subject;
    private final int pairs;
    private final boolean inTurns;
    private final Setting setting;
    private final boolean counted;
    private ChildJvm child;

    /**
     * Prepares.
     *
     * @param subject who reads
     * @param pairs how many pairs there are
     * @param inTurns whether one thread writes and reads in turns
     * @param setting for how long
     * @param counted whether strace counts, rather than the clock
     */
    SeedTrial(Subject subject, int pairs, boolean inTurns, Setting setting, boolean counted) {
        this.subject = subject;
        this.pairs = pairs;
        this.inTurns = inTurns;
        this.setting = setting;
        this.counted = counted;
    }

    @Override
    public Subject subject() {
        return subject;
    }

    @Override
    public boolean once() {
        return counted;
    }

    @Override
    public double seconds() {
        return counted ? secondsToStart() + setting.work() : setting.work() / 2;
    }

    @Override
    public double secondsToOpen() {
        return counted ? 0 : secondsToStart();
    }

    private double secondsToStart() {
        return subject.secondsToStart() + pairs * SECONDS_PER_PAIR + setting.warmUp();
    }

    @Override
    public void open() throws IOException, InterruptedException {
        if (!counted) {
            start(List.of());
        }
    }

    private void start(List<String> wrapper) throws IOException, InterruptedException {
        child = ChildJvm.start(subject, wrapper, SeedMain.class, subject.name(), Integer.toString(pairs), nanos(setting.warmUp()), Boolean.toString(inTurns));
        child.figures(PATIENCE_SECONDS);
    }

    private static String nanos(double seconds) {
        return Long.toString(Math.round(seconds * 1e9));
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        if (counted) {
            return count();
        }
        Map<String, Double> figures = ask(seconds());
        double events = figures.get("events");
        Sample sample = Sample.of(Metric.RATE, events / figures.get("nanos") * 1e9)
                .with(Metric.CPU, figures.get("cpu") / events)
                .with(Metric.ALLOCATED, figures.get("bytes") / events);
        return inTurns ? sample : sample.with(Metric.SWITCHES, figures.get("switches") / events);
    }

    private Sample count() throws IOException, InterruptedException {
        Path trace = Files.createTempFile("kevent-bench-", ".strace");
        try {
            start(SystemCalls.wrapper(trace));
            double events = ask(setting.work()).get("events");
            child.close();
            return SystemCalls.read(trace).afterLine(SeedMain.LINES_BEFORE_WORK, events);
        } finally {
            Files.deleteIfExists(trace);
        }
    }

    private Map<String, Double> ask(double seconds) throws IOException, InterruptedException {
        child.tell(nanos(seconds));
        Map<String, Double> figures = child.figures(seconds + PATIENCE_SECONDS);
        if (figures.get("events") == 0) {
            throw new IOException("no event came");
        }
        return figures;
    }

    @Override
    public void close() throws IOException {
        if (child != null) {
            child.close();
        }
    }
}
