// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import io.kevent.agent.protocol.Reply;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Replies come in time and do not stay. */
class RepliesTest {

    private static String property(String id) {
        return System.getProperty(Reply.property(id));
    }

    private static void await(BooleanSupplier condition, String otherwise) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, otherwise);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static boolean isThreadAlive() {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().equals("kevent-agent-replies"));
    }

    @Test
    void replyIsThereAtOnceAndThenTakenAwayWithTheThread() {
        new Replies(Duration.ofSeconds(1)).post("a1", "{}", Duration.ZERO);
        assertEquals("{}", property("a1"));
        await(() -> property("a1") == null, "the reply stays");
        await(() -> !isThreadAlive(), "the thread stays");
    }

    @Test
    void replyStaysAsLongAsWhoAskedWaits() {
        Replies replies = new Replies(Duration.ofMillis(1));
        replies.post("a6", "{}", Duration.ofHours(1));
        // is taken away after the first would be that was posted before it
        replies.post("a7", "{}", Duration.ZERO);
        await(() -> property("a7") == null, "the reply stays");
        assertEquals("{}", property("a6"));
        replies.post("a6", "{}", Duration.ZERO);
        await(() -> property("a6") == null, "the reply stays");
    }

    @Test
    void watchGoesOnUntilItsLeaseIsOver() {
        AtomicInteger count = new AtomicInteger();
        new Replies().watch("a2", () -> Integer.toString(count.incrementAndGet()), Duration.ofMillis(1), Duration.ofSeconds(2));
        assertTrue(count.get() >= 1);
        await(() -> count.get() > 3, "it is not repeated");
        await(() -> property("a2") == null, "the reply stays");
        await(() -> !isThreadAlive(), "the thread stays");
    }

    @Test
    void watchWithTheSameIdTakesThePlaceOfTheFirst() {
        Replies replies = new Replies();
        AtomicInteger first = new AtomicInteger();
        replies.watch("a3", () -> "first " + first.incrementAndGet(), Duration.ofMillis(1), Duration.ofSeconds(50));
        replies.watch("a3", () -> "second", Duration.ofMillis(1), Duration.ofSeconds(1));
        assertEquals("second", property("a3"));
        await(() -> property("a3") == null, "the lease of the first still holds");
        await(() -> !isThreadAlive(), "the thread stays");
    }

    @Test
    void repliesToDifferentRequestsStandSideBySide() {
        Replies replies = new Replies(Duration.ofSeconds(1));
        replies.post("a4", "one", Duration.ZERO);
        replies.post("a5", "other", Duration.ZERO);
        assertEquals("one", property("a4"));
        assertEquals("other", property("a5"));
        await(() -> property("a4") == null && property("a5") == null, "replies stay");
    }
}
