// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import java.nio.channels.SelectionKey;

/** What {@link ReadyWorkload} does, on a queue: one poll and a walk over what it took. */
final class QueueReadyWorkload implements Workload {
    private final int ready;
    private final int registered;
    private ReadyChannels channels;
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
        channels = new ReadyChannels(ready, registered);
        channels.register((channel, i) -> queue.register(channel, SelectionKey.OP_READ, null));
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
        channels.close();
    }
}
