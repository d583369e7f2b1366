// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.herd;

import io.kevent.EventBatch;
import io.kevent.KeventOps;
import io.kevent.KeventQueue;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;

/** All threads take from one queue. */
final class QueueHerd extends Herd {
    private KeventQueue queue;

    @Override
    Turn join(ServerSocketChannel listener) throws IOException {
        if (queue == null) {
            queue = KeventQueue.open();
            queue.register(listener, SelectionKey.OP_ACCEPT | KeventOps.OP_DISPATCH, null);
        }
        EventBatch batch = queue.newBatch(1);
        return () -> {
            queue.take(batch);
            woken();
            while (batch.next()) {
                accept(listener);
                batch.knote().enable();
            }
        };
    }
}
