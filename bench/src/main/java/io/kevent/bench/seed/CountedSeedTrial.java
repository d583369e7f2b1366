// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.bench.jvm.Site;
import io.kevent.bench.jvm.SystemCalls;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** By strace, which counts the system calls: a JVM that is asked once. */
final class CountedSeedTrial implements Trial {
    private final SeedJvm jvm;

    CountedSeedTrial(SeedJvm jvm) {
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
        return jvm.secondsToStart() + jvm.setting().work();
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        Path trace = Files.createTempFile(Site.temporary(), "kevent-bench-", ".strace");
        try {
            jvm.start(SystemCalls.wrapper(trace));
            double events = jvm.ask(jvm.setting().work()).get("events");
            // what strace has written is complete when the JVM has ended
            jvm.close();
            return SystemCalls.read(trace).afterLine(SeedMain.LINES_BEFORE_WORK, events);
        } finally {
            Files.deleteIfExists(trace);
        }
    }

    @Override
    public void close() throws IOException {
        jvm.close();
    }
}
