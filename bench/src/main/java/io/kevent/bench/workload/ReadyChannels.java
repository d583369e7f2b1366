// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Some channels that stay ready, since nobody reads what lies there, and many that never are. The others are datagram channels, which take one descriptor
 * each, so that 19,000 fit into a process.
 */
final class ReadyChannels implements Closeable {
    /** What is done with each channel. */
    interface Use {
        void of(SelectableChannel channel, int index) throws Exception;
    }

    private final int ready;
    private final LoopbackPairs pairs;
    private final List<DatagramChannel> idle = new ArrayList<>();

    ReadyChannels(int ready, int all) throws IOException {
        this.ready = ready;
        pairs = new LoopbackPairs(ready);
        for (int i = ready; i < all; i++) {
            DatagramChannel channel = DatagramChannel.open();
            idle.add(channel);
            channel.configureBlocking(false);
        }
    }

    /** Has each registered; after that some become ready. */
    void register(Use registering) throws Exception {
        for (int i = 0; i < ready; i++) {
            registering.of(pairs.near(i), i);
            pairs.far(i).write(ByteBuffer.allocate(1));
        }
        for (int i = 0; i < idle.size(); i++) {
            registering.of(idle.get(i), ready + i);
        }
    }

    @Override
    public void close() throws IOException {
        pairs.close();
        for (DatagramChannel channel : idle) {
            channel.close();
        }
    }
}
