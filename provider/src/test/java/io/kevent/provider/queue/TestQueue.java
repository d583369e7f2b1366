// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.QueueOptions;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

import static io.kevent.provider.queue.Background.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A queue and the batch of the test's own thread. An event that is waited for comes in bounded time, one that is not is a failure. */
public final class TestQueue implements Closeable {
    private static final int CAPACITY = 16;

    public final KeventQueue queue;
    public final EventBatch batch;

    public TestQueue() throws IOException {
        this(QueueOptions.defaults());
    }

    public TestQueue(QueueOptions options) throws IOException {
        queue = KeventQueue.open(options);
        batch = queue.newBatch(CAPACITY);
    }

    /** Waits for an event, which the thread handles from then on. There must be one, and no other with it. */
    public EventBatch awaitEvent() throws InterruptedException, IOException {
        int taken = queue.take(batch, 1, CAPACITY, LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        assertTrue(batch.next(), "no event came");
        assertEquals(1, taken, () -> "first of several: " + batch.knote());
        return batch;
    }

    /** Waits for an event of a knote, which the thread handles from then on. There must be one, and no other with it. */
    public EventBatch awaitEventOf(Knote knote) throws InterruptedException, IOException {
        assertSame(knote, awaitEvent().knote());
        return batch;
    }

    /** Goes on from the event that it handled. There must be no other. */
    public void assertNothing() throws IOException {
        if (queue.poll(batch) > 0) {
            assertTrue(batch.next());
            throw new AssertionError("an event of " + batch.knote() + ", ready ops " + batch.readyOps() + ", data " + batch.data() + ", flags "
                    + EventBatch.flagsToString(batch.flags()));
        }
    }

    /** How many events another thread than the caller finds, which gives them back at once. */
    public int countForAnother() throws Exception {
        return Background.start(() -> {
            EventBatch own = queue.newBatch(CAPACITY);
            int count = queue.poll(own);
            own.clear();
            return count;
        }).result();
    }

    @Override
    public void close() throws IOException {
        queue.close();
    }
}
