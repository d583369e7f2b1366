// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import io.kevent.bench.jvm.ChildJvm;
import io.kevent.bench.jvm.SystemCalls;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.nio.file.Files;
import java.nio.file.Path;

/** The system calls of a task, counted by strace in a JVM of its own. */
public final class CountTrial implements Trial {
    private static final double PATIENCE_SECONDS = 60;

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
    public boolean once() {
        return true;
    }

    @Override
    public double seconds() {
        return subject.secondsToStart() + 0.5;
    }

    @Override
    public Sample run() throws Exception {
        Path trace = Files.createTempFile("kevent-bench-", ".strace");
        double times;
        try {
            try (ChildJvm child = ChildJvm.start(subject, SystemCalls.wrapper(trace), CountMain.class,
                    task.kind().name(), Integer.toString(task.size()))) {
                times = child.figures(PATIENCE_SECONDS).get("times");
            }
            return SystemCalls.read(trace).afterLine(1, times * task.perWork());
        } finally {
            Files.deleteIfExists(trace);
        }
    }
}
