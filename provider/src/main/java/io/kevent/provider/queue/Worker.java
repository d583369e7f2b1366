// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.lang.ref.WeakReference;

/** What a queue knows of a thread that takes events from it. Guarded by the dispatcher's lock; knows nothing of the queue, which a thread may outlive. */
final class Worker {
    final Thread thread = Thread.currentThread();

    /** The thread when it waits. */
    final Waiter waiter = new Waiter(thread);

    /** The batch that it took last and has not come back with yet; null if it is not working. Weakly, as the batch leads to the queue. */
    private WeakReference<QueueBatch> batch;

    /** Whether it is inside a section that may block, and so does not count. */
    boolean blocking;

    Worker() { }

    QueueBatch batch() {
        return batch == null ? null : batch.get();
    }

    /** Whether it has events that it has not come to, and is on its way to them. For the thread itself. */
    boolean hasMore() {
        QueueBatch taken = batch();
        return taken != null && !blocking && taken.hasMore();
    }

    void took(QueueBatch taken) {
        batch = taken == null ? null : taken.weakly;
    }
}
