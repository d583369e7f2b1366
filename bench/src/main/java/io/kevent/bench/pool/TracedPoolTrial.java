// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import io.kevent.bench.jvm.TracedCalls;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The selector's or the queue's system calls of an echo server at its full speed. */
final class TracedPoolTrial implements Trial {
    private static final double SECONDS_BESIDE = 0.5;

    private final PoolJvms jvms;

    TracedPoolTrial(PoolJvms jvms) {
        this.jvms = jvms;
    }

    @Override
    public Subject subject() {
        return jvms.subject();
    }

    @Override
    public Repetition repetition() {
        return Repetition.EACH_ROUND;
    }

    @Override
    public double seconds() {
        return jvms.secondsOfLoad() + 2 * SECONDS_BESIDE;
    }

    @Override
    public void open() throws IOException, InterruptedException {
        jvms.hold();
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        jvms.beginLoad(seconds());
        TimeUnit.MILLISECONDS.sleep(Math.round(SECONDS_BESIDE * 1e3));
        try (TracedCalls calls = TracedCalls.count(jvms.serverPid(), jvms.secondsOfLoad())) {
            TracedCalls.Rates rates = calls.rates();
            Map<String, Double> loaded = jvms.endOfLoad(seconds());
            return rates.per(loaded.get("requests") / loaded.get("micros") * 1e6);
        }
    }

    @Override
    public void close() throws IOException {
        jvms.letGo();
    }
}
