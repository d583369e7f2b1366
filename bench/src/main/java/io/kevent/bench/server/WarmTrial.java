// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import java.io.IOException;

/** Looks at a server that is warm, and that others look at as well. */
abstract class WarmTrial extends ServerTrial {
    WarmTrial(ServerJvm server, Subject subject, int connections, double seconds) {
        super(server, subject, connections, seconds);
    }

    @Override
    public final double secondsToOpen() {
        return server.secondsToStart(this);
    }

    @Override
    public final void open() throws IOException, InterruptedException {
        server.hold();
    }

    @Override
    public final Sample run() throws IOException, InterruptedException {
        Sample sample = look();
        server.awaitQuiet();
        return sample;
    }

    final int port() {
        return server.port(subject());
    }

    /** Looks at it while it is under a load that is over when this returns. */
    abstract Sample look() throws IOException, InterruptedException;

    @Override
    public final void close() throws IOException {
        server.letGo();
    }
}
