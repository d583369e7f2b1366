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
    private static final int HOUR_MILLIS = (int) TimeUnit.HOURS.toMillis(1);

    private final Deadline deadline = new Deadline();

    @Test
    void isLongAfterWhatIsMuchSooner() {
        deadline.set(HOUR_MILLIS);
        assertTrue(deadline.isLongAfter(HOUR_NANOS / 2));
    }

    @Test
    void isNotLongAfterWhatItWasRoundedUpFrom() {
        long nanos = HOUR_NANOS - TimeUnit.MILLISECONDS.toNanos(1) + 1;
        assertEquals(HOUR_MILLIS, Deadline.millis(nanos));
        deadline.set(HOUR_MILLIS);
        assertFalse(deadline.isLongAfter(nanos));
    }

    @Test
    void withoutABoundIsLongAfterAnyBound() {
        deadline.set(Deadline.millis(Deadline.FOREVER));
        assertTrue(deadline.isLongAfter(HOUR_NANOS));
        assertFalse(deadline.isLongAfter(Deadline.FOREVER));
    }
}
