// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import io.kevent.bench.jvm.ChildJvm;
import io.kevent.bench.jvm.Site;
import io.kevent.bench.jvm.SystemCalls;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The system calls of a task, counted by strace in a JVM of its own, and the bytes that it allocates. */
public final class CountTrial implements Trial {
    private static final double PATIENCE_SECONDS = 60;
    /** Under strace, which slows what is counted; at most seven times 0.3 s. */
    private static final double SECONDS_OF_WORK = 1.5;

    private final Task task;
    private final Subject subject;

    /**
     * Prepares.
     *
     * @param task what is counted
     * @param subject who does it
     */
    public CountTrial(Task task, Subject subject) {
        this.task = task;
        this.subject = subject;
    }

    @Override
    public Subject subject() {
        return subject;
    }

    @Override
    public Repetition repetition() {
        return Repetition.ONCE;
    }

    @Override
    public double seconds() {
        return subject.secondsToStart() + SECONDS_OF_WORK;
    }

    @Override
    public Sample run() throws Exception {
        Path trace = Files.createTempFile(Site.temporary(), "kevent-bench-", ".strace");
        Map<String, Double> figures;
        try {
            try (ChildJvm child = ChildJvm.start(subject, SystemCalls.wrapper(trace), CountMain.class,
                    task.kind().name(), Integer.toString(task.size()))) {
                figures = child.figures(PATIENCE_SECONDS);
            }
            return SystemCalls.read(trace).afterLine(1, figures.get("times") * task.perWork())
                    .with(Metric.ALLOCATED, figures.get("bytes") / task.perWork());
        } finally {
            Files.deleteIfExists(trace);
        }
    }
}
