// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.ClosedQueueException;
import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

/** Threads that wait for events, count them and wait again, until their queue is closed. */
public final class WaitingThreads {
    private final List<Background<Void>> threads = new ArrayList<>();
    private final AtomicInteger told = new AtomicInteger();

    public WaitingThreads(KeventQueue queue, int count) {
        for (int i = 0; i < count; i++) {
            threads.add(Background.start(() -> {
                EventBatch batch = queue.newBatch(count);
                for (;;) {
                    queue.take(batch);
                    while (batch.next()) {
                        told.incrementAndGet();
                    }
                }
            }));
        }
        untilAsleep();
    }

    public void untilAsleep() {
        threads.forEach(Background::untilAsleep);
    }

    /** Waits until so many events have come and all threads wait again; no more of them may have come. */
    public void assertTold(int events) {
        Background.until(events + " events are told", () -> told.get() >= events);
        untilAsleep();
        assertEquals(events, told.get());
    }

    /** Each thread was sent away, since the queue was closed. */
    public void assertSentAway() throws Exception {
        for (Background<Void> thread : threads) {
            assertInstanceOf(ClosedQueueException.class, thread.failure());
        }
    }
}
