// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.kernel.JdkKernel;

/** The limit of {@link ReadyWorkload}: the epoll_wait alone, and a look at each event that it brings. */
final class BareReadyWorkload implements Workload {
    private final int ready;
    private final int registered;
    private ReadyChannels channels;
    private Engine engine;

    BareReadyWorkload(int ready, int registered) {
        this.ready = ready;
        this.registered = registered;
    }

    @Override
    public void open() throws Exception {
        engine = JdkKernel.INSTANCE.openEngine();
        channels = new ReadyChannels(ready, registered);
        channels.register((channel, i) -> engine.add(JdkChannels.descriptor(channel), Events.IN));
        Selections.awaitReady(engine, ready);
    }

    @Override
    public long work() throws Exception {
        int found = engine.collect(0);
        if (found != ready) {
            throw new IllegalStateException(found + " descriptors were ready, not " + ready);
        }
        long seen = 0;
        for (int i = 0; i < found; i++) {
            seen += engine.readyFd(i) + engine.readyEvents(i);
        }
        return seen;
    }

    @Override
    public void close() throws Exception {
        engine.close();
        channels.close();
    }
}
