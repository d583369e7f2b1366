// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.util.concurrent.TimeUnit;

/** Until when a thread sleeps that looks after the kernel. Guarded by the dispatcher's lock. */
final class Deadline {
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

    /** Whether it would sleep on after so many nanoseconds from now. */
    boolean isAfter(long nanos) {
        return nanos != Sleepers.FOREVER && (millis < 0 || millis > 0 && System.nanoTime() + nanos - until < 0);
    }
}
