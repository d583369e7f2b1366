// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.util.concurrent.TimeUnit;

/** Until when a thread sleeps that looks after the kernel. Guarded by the dispatcher's lock. */
final class Deadline {
    /** Without a bound, in nanoseconds. */
    static final long FOREVER = Clockwork.NEVER;

    /** What passes from the time that a thread knows how long it may sleep until it sleeps, unless it is stopped in between. */
    private static final long ON_THE_WAY_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private long sleep;

    /** In the time of {@link System#nanoTime}, if there is a bound: the clock costs as much as a lock. */
    private long until;

    /** It goes to sleep for so many nanoseconds, which are rounded up to milliseconds for the kernel. */
    void set(long nanos) {
        sleep = nanos;
        if (nanos > 0 && nanos != FOREVER) {
            until = System.nanoTime() + nanos;
        }
    }

    /** Rounded up: to come back early would cost another call. Without a bound is negative. */
    static int millis(long nanos) {
        if (nanos == FOREVER) {
            return -1;
        }
        return nanos <= 0 ? 0 : (int) Math.min(TimeUnit.NANOSECONDS.toMillis(nanos - 1) + 1, Integer.MAX_VALUE);
    }

    /** The other way round. */
    static long nanos(int millis) {
        return millis < 0 ? FOREVER : TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Whether it would sleep on after so many nanoseconds from now. */
    boolean isAfter(long nanos) {
        return nanos != FOREVER && (sleep == FOREVER || sleep > 0 && System.nanoTime() + nanos - until < 0);
    }

    /** The same, but not of one that went to sleep for just as long as it may now, a moment ago or longer. */
    boolean isLongAfter(long nanos) {
        return nanos < FOREVER - ON_THE_WAY_NANOS && isAfter(nanos + ON_THE_WAY_NANOS);
    }
}
