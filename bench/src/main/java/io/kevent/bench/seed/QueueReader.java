// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.ChannelKnote;
import io.kevent.EventBatch;
import io.kevent.KeventOps;
import io.kevent.KeventQueue;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Reads by a queue, edge-triggered. */
final class QueueReader extends LoopReader {
    private static final int BATCH = 1024;

    private KeventQueue queue;
    private EventBatch batch;

    @Override
    void register(SocketChannel[] channels) throws IOException {
        queue = KeventQueue.open();
        batch = queue.newBatch(BATCH);
        for (int i = 0; i < channels.length; i++) {
            queue.register(channels[i], SelectionKey.OP_READ | KeventOps.OP_EDGE, i);
        }
    }

    @Override
    void turn() throws IOException, InterruptedException {
        queue.take(batch);
        while (batch.next()) {
            read((SocketChannel) ((ChannelKnote) batch.knote()).channel(), (Integer) batch.attachment());
        }
    }
}
