// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A thread outlives queues that it has taken events from. */
class ForgottenQueueTest {
    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Takes an event of a queue, which is closed while the thread has it. */
    private static WeakReference<KeventQueue> useQueue() throws IOException {
        try (KeventQueue queue = KeventQueue.open()) {
            queue.user(0, null).trigger();
            EventBatch batch = queue.newBatch(1);
            assertEquals(1, queue.poll(batch));
            assertTrue(batch.next());
            return new WeakReference<>(queue);
        }
    }

    @Test
    void queueThatIsClosedIsNotKeptByAThreadThatTookFromIt() throws IOException {
        WeakReference<KeventQueue> queue = useQueue();
        long deadline = System.nanoTime() + BOUND_NANOS;
        while (queue.get() != null && System.nanoTime() - deadline < 0) {
            System.gc();
        }
        assertNull(queue.get());
    }
}
