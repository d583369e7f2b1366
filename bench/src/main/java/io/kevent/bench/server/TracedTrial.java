// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.jvm.TracedCalls;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import java.io.IOException;

/** The selector's system calls of a server that runs at its full speed. */
final class TracedTrial extends WarmTrial {
    private static final double SECONDS = 1;
    private static final double SECONDS_BESIDE = 0.5;
    private static final double NANOS = 1e9;

    TracedTrial(ServerJvm server, Subject subject, int connections) {
        super(server, subject, connections, SECONDS);
    }

    @Override
    public Repetition repetition() {
        return Repetition.EACH_ROUND;
    }

    @Override
    public double seconds() {
        return secondsAround(SECONDS_BESIDE);
    }

    @Override
    Sample look() throws IOException, InterruptedException {
        try (Wrk load = Wrk.start(port(), connections, seconds())) {
            awaitMiddle(SECONDS_BESIDE);
            double before = server.requests();
            long start = System.nanoTime();
            try (TracedCalls calls = TracedCalls.count(server.pid(), seconds)) {
                TracedCalls.Rates rates = calls.rates();
                double requestsPerSecond = (server.requests() - before) / (System.nanoTime() - start) * NANOS;
                load.load().check();
                return rates.per(requestsPerSecond);
            }
        }
    }
}
