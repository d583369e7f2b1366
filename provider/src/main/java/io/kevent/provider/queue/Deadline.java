// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.util.concurrent.TimeUnit;

/** Until when a thread sleeps that looks after the kernel. Guarded by the dispatcher's lock. */
final class Deadline {
    /** Without a bound, in nanoseconds. */
    static final long FOREVER = Clockwork.NEVER;

    /** By how much it is rounded up, and what passes while a thread goes to sleep. */
    private static final long ROUNDING = TimeUnit.MILLISECONDS.toNanos(2);

    /** Negative without a bound. */
    private int millis;

    /** In the time of {@link System#nanoTime}, if there is a bound: the clock costs as much as a lock. */
    private long until;

    /** It goes to sleep for so many milliseconds; negative without a bound. */
    void set(int wait) {
        millis = wait;
        if (wait > 0) {
            until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
        }
    }

    /** Rounded up: to come back early would cost another call. Without a bound is negative. */
    static int millis(long nanos) {
        if (nanos == FOREVER) {
            return -1;
        }
        return nanos <= 0 ? 0 : (int) Math.min(TimeUnit.NANOSECONDS.toMillis(nanos - 1) + 1, Integer.MAX_VALUE);
    }

    /** Whether it would sleep on after so many nanoseconds from now, and that not only as its time was rounded up: who sleeps no longer is left alone. */
    boolean isLongAfter(long nanos) {
        return nanos < FOREVER - ROUNDING && isAfter(nanos + ROUNDING);
    }

    /** Whether it would sleep on after so many nanoseconds from now. */
    boolean isAfter(long nanos) {
        return nanos != FOREVER && (millis < 0 || millis > 0 && System.nanoTime() + nanos - until < 0);
    }
}
