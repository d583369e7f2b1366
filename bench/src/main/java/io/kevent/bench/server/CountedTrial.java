// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.jvm.ChildJvm;
import io.kevent.bench.jvm.Site;
import io.kevent.bench.jvm.SystemCalls;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The selector's system calls of a server under load, counted by strace in another JVM like it. */
final class CountedTrial extends ServerTrial {
    /** The lines of the child before what counts: its port, and how many requests there were by then. */
    private static final int LINES_BEFORE = 2;
    /** It need not be fast by then, only to have gone through all of its code. */
    private static final double SECONDS_BESIDE = 4;

    CountedTrial(ServerJvm server, Subject subject, int connections, double seconds) {
        super(server, subject, connections, seconds);
    }

    @Override
    public Repetition repetition() {
        return Repetition.ONCE;
    }

    @Override
    public double seconds() {
        return subject().secondsToStart() + secondsAround(SECONDS_BESIDE);
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        Path trace = Files.createTempFile(Site.temporary(), "kevent-bench-", ".strace");
        try {
            double requests;
            try (ChildJvm child = server.start(SystemCalls.wrapper(trace));
                    Wrk load = Wrk.start(server.ports(child).get(subject()), connections, secondsAround(SECONDS_BESIDE))) {
                awaitMiddle(SECONDS_BESIDE);
                double before = ServerJvm.requests(child);
                awaitEndOfMiddle();
                requests = ServerJvm.requests(child) - before;
                load.load().check();
            }
            return SystemCalls.read(trace).afterLine(LINES_BEFORE, requests);
        } finally {
            Files.deleteIfExists(trace);
        }
    }
}
