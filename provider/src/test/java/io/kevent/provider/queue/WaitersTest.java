// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

/** The threads that wait, the newest first, against a deque. */
class WaitersTest {
    private static final int STEPS = 50_000;

    private final Waiters waiters = new Waiters();

    private Waiter waiter(int min) {
        Waiter waiter = new Waiter(Thread.currentThread());
        waiters.comes(waiter);
        waiter.min = min;
        return waiter;
    }

    @Test
    void newestIsTheOneThatWasAddedLastAndIsThere() {
        Random random = new Random(4);
        List<Waiter> outside = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            outside.add(waiter(1));
        }
        Deque<Waiter> model = new ArrayDeque<>();
        List<Waiter> inside = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            if (!outside.isEmpty() && (inside.isEmpty() || random.nextBoolean())) {
                Waiter waiter = outside.remove(random.nextInt(outside.size()));
                waiters.comes(waiter);
                waiters.add(waiter);
                model.push(waiter);
                inside.add(waiter);
            } else {
                Waiter waiter = inside.remove(random.nextInt(inside.size()));
                waiters.remove(waiter);
                model.remove(waiter);
                outside.add(waiter);
            }
            assertSame(model.peek(), waiters.newest());
            assertEquals(model.isEmpty(), waiters.isEmpty());
        }
    }

    @Test
    void newestOfThoseThatTheEventsAreEnoughForIsFound() {
        Waiter one = waiter(1);
        Waiter three = waiter(3);
        Waiter two = waiter(2);
        waiters.add(one);
        waiters.add(three);
        waiters.add(two);
        assertNull(waiters.newest(0));
        assertSame(one, waiters.newest(1));
        assertSame(two, waiters.newest(2));
        waiters.remove(two);
        assertSame(one, waiters.newest(2));
        assertSame(three, waiters.newest(3));
    }

    @Test
    void threadThatSleepsOnKeepsItsPlace() {
        Waiter first = waiter(1);
        Waiter second = waiter(1);
        Waiter third = waiter(1);
        waiters.add(first);
        waiters.add(second);
        waiters.add(third);
        waiters.remove(second);
        waiters.add(second);
        assertSame(third, waiters.newest());
        waiters.remove(third);
        assertSame(second, waiters.newest());
        waiters.remove(second);
        assertSame(first, waiters.newest());
    }
}
