// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Until when a thread sleeps, beside how long it may. */
class DeadlineTest {
    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Deadline deadline = new Deadline();

    @Test
    void isLongAfterWhatIsMuchSooner() {
        deadline.set(HOUR_NANOS);
        assertTrue(deadline.isLongAfter(HOUR_NANOS / 2));
    }

    @Test
    void isNotLongAfterWhatItIsSetTo() {
        deadline.set(HOUR_NANOS);
        // a moment later it would seem to be, but for the allowance
        assertFalse(deadline.isLongAfter(HOUR_NANOS - TimeUnit.MICROSECONDS.toNanos(100)));
    }

    @Test
    void isAfterWhatIsSoonerOnly() {
        deadline.set(HOUR_NANOS);
        assertTrue(deadline.isAfter(HOUR_NANOS / 2));
        assertFalse(deadline.isAfter(HOUR_NANOS));
    }

    @Test
    void withoutSleepIsNotAfterAnything() {
        deadline.set(0);
        assertFalse(deadline.isAfter(0));
        assertFalse(deadline.isLongAfter(0));
    }

    @Test
    void isRoundedUpForTheKernel() {
        assertEquals(1, Deadline.millis(1));
        assertEquals(1, Deadline.millis(TimeUnit.MILLISECONDS.toNanos(1)));
        assertEquals(2, Deadline.millis(TimeUnit.MILLISECONDS.toNanos(1) + 1));
        assertEquals(0, Deadline.millis(0));
        assertEquals(-1, Deadline.millis(Deadline.FOREVER));
        assertEquals(Deadline.FOREVER, Deadline.nanos(-1));
        assertEquals(TimeUnit.MILLISECONDS.toNanos(3), Deadline.nanos(3));
    }

    @Test
    void withoutABoundIsLongAfterAnyBound() {
        deadline.set(Deadline.FOREVER);
        assertTrue(deadline.isLongAfter(HOUR_NANOS));
        assertFalse(deadline.isLongAfter(Deadline.FOREVER));
    }
}
