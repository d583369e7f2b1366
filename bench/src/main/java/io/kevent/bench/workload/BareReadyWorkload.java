// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.kernel.JdkKernel;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/** The limit of {@link ReadyWorkload}: the epoll_wait alone, and a look at each event that it brings. */
final class BareReadyWorkload implements Workload {
    private final int ready;
    private final int registered;
    private final List<DatagramChannel> idle = new ArrayList<>();
    private LoopbackPairs pairs;
    private Engine engine;

    BareReadyWorkload(int ready, int registered) {
        this.ready = ready;
        this.registered = registered;
    }

    @Override
    public void open() throws Exception {
        engine = JdkKernel.INSTANCE.openEngine();
        pairs = new LoopbackPairs(ready);
        for (int i = 0; i < ready; i++) {
            engine.add(JdkChannels.descriptor(pairs.near(i)), Events.IN);
            pairs.far(i).write(ByteBuffer.allocate(1));
        }
        for (int i = ready; i < registered; i++) {
            DatagramChannel channel = DatagramChannel.open();
            idle.add(channel);
            engine.add(JdkChannels.descriptor(channel), Events.IN);
        }
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
        pairs.close();
        for (DatagramChannel channel : idle) {
            channel.close();
        }
    }
}
