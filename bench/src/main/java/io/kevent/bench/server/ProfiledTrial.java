// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.jvm.SelectorShare;
import io.kevent.bench.jvm.Site;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;

/** The share of the selector's system calls in what a server under load uses of the processor, sampled by perf. */
final class ProfiledTrial implements Trial {
    private final ServerJvm server;
    private final int connections;
    private final double seconds;

    /**
     * Prepares.
     *
     * @param server the server
     * @param connections how many there are
     * @param seconds how long to sample
     */
    ProfiledTrial(ServerJvm server, int connections, double seconds) {
        this.server = server;
        this.connections = connections;
        this.seconds = seconds;
    }

    @Override
    public Subject subject() {
        return server.subject();
    }

    @Override
    public boolean once() {
        return true;
    }

    @Override
    public double seconds() {
        return seconds;
    }

    @Override
    public void open() throws IOException, InterruptedException {
        server.hold();
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        Site.require("perf");
        try (SelectorShare share = SelectorShare.sample(server.pid(), seconds)) {
            Wrk.run(server.port(), connections, seconds).check();
            return Sample.of(Metric.SHARE, share.percent());
        }
    }

    @Override
    public void close() throws IOException {
        server.letGo();
    }
}
