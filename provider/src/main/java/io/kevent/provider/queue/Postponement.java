// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.provider.core.Collector;
import java.util.concurrent.TimeUnit;

/**
 * Whether a look at what has changed may be left to the thread that has changed it. One that enables a knote and has more events in its batch will look when it
 * is through with them, at all of them at once. To look each time, for the threads that sleep, costs a call to the kernel for each event; under load it finds
 * next to nothing, since what was ready has been read.
 *
 * <p>But the thread may get stuck in its next event, and must not keep from others what it has enabled. So under load those that look after the kernel sleep
 * no longer than a short while, and only while one does so the look is left to the other. Where events come one by one that would be wakes for nothing, and the
 * look is made at once. Which of the two it is, is seen from how many looks could have been left while threads went to sleep. Guarded by the dispatcher's lock.
 */
final class Postponement {
    /** How long what is ready may be kept from threads that sleep, at most: as long as what nobody tells is in other cases. */
    static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(Collector.UNDECIDED_MILLIS);

    /** So many looks more than sleeps are load. */
    static final int LOAD = 64;

    /** Load is over after so many sleeps without a look that could have been left: a second or so, if nothing happens. */
    static final int FULL_LOAD = 128;

    private int load;
    private boolean on;

    /** There is a look that could be left to the thread that has changed something: counts it. Returns whether it may be left. */
    boolean mayLeaveOne() {
        load = Math.min(load + 1, FULL_LOAD);
        on |= load >= LOAD;
        return on;
    }

    /** A thread goes to sleep, in whichever way. */
    void wentToSleep() {
        load = Math.max(load - 1, 0);
        on &= load > 0;
    }

    /** How long one may sleep that looks after the kernel. */
    long longestSleep() {
        return on ? LIMIT_NANOS : Deadline.FOREVER;
    }
}
