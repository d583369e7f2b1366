// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.guide;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.TimerKnote;
import java.time.Duration;
import java.time.Instant;

/** Timers: once, again and again, and by the wall clock. */
public final class TimerExample {
    private TimerExample() { }

    public static void main(String[] args) throws Exception {
        try (KeventQueue queue = KeventQueue.open()) {
            EventBatch batch = queue.newBatch(8);
            once(queue, batch);
            periodically(queue, batch);
            byTheWallClock(queue, batch);
        }
    }

    private static void once(KeventQueue queue, EventBatch batch) throws Exception {
        TimerKnote timer = queue.timer(Duration.ofHours(1), "time is up");
        timer.set(Duration.ofMillis(10));           // a timer that runs may be set again, and one that has run out
        queue.take(batch);
        while (batch.next()) {
            System.out.println(batch.attachment());
        }
        timer.delete();
    }

    private static void periodically(KeventQueue queue, EventBatch batch) throws Exception {
        TimerKnote timer = queue.timer(Duration.ZERO, Duration.ofMillis(5), 0, null);
        long expirations = 0;
        while (expirations < 3) {
            queue.take(batch);
            while (batch.next()) {
                expirations += batch.data();        // more than 1 if this thread was late
            }
        }
        timer.stop();                               // can be set again; delete() is for good
        System.out.println("three periods");
    }

    private static void byTheWallClock(KeventQueue queue, EventBatch batch) throws Exception {
        Instant time = Instant.now().plusMillis(20);
        queue.timer(time, Duration.ofDays(1), 0, "daily");
        queue.take(batch);
        while (batch.next()) {
            System.out.println(batch.attachment() + (Instant.now().isBefore(time) ? ", too early" : ", not before its time"));
        }
    }
}
