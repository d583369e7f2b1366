// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;

/** What {@link ReadyWorkload} does, on a queue: one poll and a walk over what it took. */
final class QueueReadyWorkload implements Workload {
    private final int ready;
    private final int registered;
    private final List<DatagramChannel> idle = new ArrayList<>();
    private LoopbackPairs pairs;
    private KeventQueue queue;
    private EventBatch batch;
    private long seen;

    QueueReadyWorkload(int ready, int registered) {
        this.ready = ready;
        this.registered = registered;
    }

    @Override
    public void open() throws Exception {
        queue = KeventQueue.open();
        batch = queue.newBatch(ready);
        pairs = new LoopbackPairs(ready);
        for (int i = 0; i < ready; i++) {
            queue.register(pairs.near(i), SelectionKey.OP_READ, null);
            pairs.far(i).write(ByteBuffer.allocate(1));
        }
        for (int i = ready; i < registered; i++) {
            DatagramChannel channel = DatagramChannel.open();
            idle.add(channel);
            channel.configureBlocking(false);
            queue.register(channel, SelectionKey.OP_READ, null);
        }
        long end = System.nanoTime() + 10_000_000_000L;
        while (queue.poll(batch) < ready) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not all " + ready + " channels became ready");
            }
        }
    }

    @Override
    public long work() throws Exception {
        // how many a poll finds is the queue's affair, the work is over when as many were handled as are ready
        int found = 0;
        while (found < ready) {
            queue.poll(batch);
            while (batch.next()) {
                if ((batch.readyOps() & SelectionKey.OP_READ) != 0) {
                    seen++;
                }
                found++;
            }
        }
        return seen;
    }

    @Override
    public void close() throws Exception {
        queue.close();
        pairs.close();
        for (DatagramChannel channel : idle) {
            channel.close();
        }
    }
}
