// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A selector is taken over and given back all the time while others use it. */
class HandOverRaceTest extends AdoptionTestBase {
    private static final int ROUNDS = 5_000;

    private volatile boolean done;

    /** Hands over until the test is done. Returns how often. */
    private FutureTask<Integer> startHandingOver() throws InterruptedException {
        // one at a time
        giveBack();
        return start(() -> {
            int times = 0;
            for (; !done; times++) {
                Adoption next = new Adoption(null);
                selector.use(next);
                // the selecting thread takes it over in its own time
                for (int i = 0; i < 100 && !done && !selector.isAdopted(); i++) {
                    Thread.yield();
                }
                // by the selecting thread, or by whoever comes first
                assertTrue(next.giveBack(times % 2 == 0 ? Duration.ofMillis(10) : Duration.ZERO, LIMIT));
            }
            return times;
        });
    }

    private static void untilEqual(AtomicInteger counter, int value, String what) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (counter.get() != value) {
            assertTrue(System.nanoTime() < deadline, what + " " + value + ", " + counter.get() + " so far");
            Thread.onSpinWait();
        }
    }

    @Test
    void eachWakeupEndsOneSelect() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        FutureTask<Integer> handingOver = startHandingOver();
        FutureTask<Integer> selecting = start(() -> {
            int early = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                assertEquals(0, selector.select(round % 2 == 0 ? -1 : TimeUnit.HOURS.toMillis(1)));
                if (asked.get() < round) {
                    early++;
                }
                ended.set(round);
            }
            return early;
        });
        try {
            for (int round = 1; round <= ROUNDS; round++) {
                asked.set(round);
                selector.wakeup();
                untilEqual(ended, round, "a wake-up was lost: select");
            }
            assertEquals(0, result(selecting), "selects that ended without a wake-up");
        } finally {
            done = true;
            selector.wakeup();
        }
        assertTrue(result(handingOver) > 0);
    }

    @Test
    void eachByteEndsOneSelect() throws Exception {
        Pipe pipe = pipe();
        register(pipe, OP_READ);
        AtomicInteger ended = new AtomicInteger();
        FutureTask<Integer> handingOver = startHandingOver();
        FutureTask<Integer> selecting = start(() -> {
            int empty = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                if (selector.select(-1) == 0) {
                    empty++;
                }
                selector.jdk().selectedKeys().clear();
                read(pipe);
                ended.set(round);
            }
            return empty;
        });
        try {
            for (int round = 1; round <= ROUNDS; round++) {
                write(pipe);
                untilEqual(ended, round, "a byte was not told: select");
            }
            assertEquals(0, result(selecting), "selects that ended without a key");
        } finally {
            done = true;
        }
        assertTrue(result(handingOver) > 0);
    }

    @Test
    void interestThatGoesOffAndOnIsSeen() throws Exception {
        Pipe pipe = pipe();
        var key = register(pipe, OP_READ);
        FutureTask<Integer> handingOver = startHandingOver();
        try {
            for (int round = 1; round <= ROUNDS; round++) {
                key.interestOps(0);
                write(pipe);
                assertEquals(0, selectNow(), "off, round " + round);
                key.interestOps(OP_READ);
                assertEquals(1, selector.select(TimeUnit.MINUTES.toMillis(1)), "on, round " + round);
                selector.jdk().selectedKeys().clear();
                read(pipe);
                assertEquals(0, selectNow(), "drained, round " + round);
            }
        } finally {
            done = true;
        }
        assertTrue(result(handingOver) > 0);
    }
}
