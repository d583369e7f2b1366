// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.guide;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.UserKnote;

import static io.kevent.KeventQueue.priority;

/** Priorities: what waits is delivered in their order. */
public final class PriorityExample {
    private PriorityExample() { }

    public static void main(String[] args) throws Exception {
        try (KeventQueue queue = KeventQueue.open()) {
            UserKnote statistics = queue.user(priority(Knote.MIN_PRIORITY), "statistics");
            UserKnote request = queue.user(0, "request");           // NORM_PRIORITY
            UserKnote shutdown = queue.user(priority(Knote.MAX_PRIORITY), "shutdown");
            statistics.trigger();
            request.trigger();
            shutdown.trigger();

            EventBatch batch = queue.newBatch(8);
            queue.take(batch);
            while (batch.next()) {
                System.out.println(batch.attachment());
            }
        }
    }
}
