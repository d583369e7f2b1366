// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.jvm.SelectorShare;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import java.io.IOException;

/** The share of the selector's system calls in what a server under load uses of the processor, sampled by perf. */
final class ProfiledTrial extends WarmTrial {
    ProfiledTrial(ServerJvm server, Subject subject, int connections, double seconds) {
        super(server, subject, connections, seconds);
    }

    @Override
    public Repetition repetition() {
        return Repetition.ONCE;
    }

    @Override
    public double seconds() {
        return seconds + secondsToConnect();
    }

    @Override
    Sample look() throws IOException, InterruptedException {
        try (SelectorShare share = SelectorShare.sample(server.pid(), seconds())) {
            Wrk.run(port(), connections, seconds()).check();
            return Sample.of(Metric.SHARE, share.percent());
        }
    }
}
