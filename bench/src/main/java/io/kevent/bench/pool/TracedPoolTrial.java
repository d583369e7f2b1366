// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import io.kevent.bench.jvm.TracedCalls;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.util.Map;

/** The selector's or the queue's system calls of an echo server at its full speed. */
final class TracedPoolTrial implements Trial {
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
        return TracedCalls.secondsAround(jvms.secondsOfLoad());
    }

    @Override
    public void open() throws IOException, InterruptedException {
        jvms.hold();
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        jvms.beginLoad(seconds());
        TracedCalls.Rates rates = TracedCalls.ofTheMiddle(jvms.serverPid(), jvms.secondsOfLoad());
        Map<String, Double> loaded = jvms.endOfLoad(seconds());
        return rates.per(loaded.get("requests") / loaded.get("micros") * 1e6);
    }

    @Override
    public void close() throws IOException {
        jvms.letGo();
    }
}
