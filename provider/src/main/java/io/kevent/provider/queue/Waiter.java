// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.provider.kernel.VirtualThreads;

/**
 * A thread that waits for events, or has; used again for each wait. Guarded by the dispatcher's lock; but whoever has called it looks without the lock at how
 * it sleeps, and it looks itself at {@link #called}.
 */
final class Waiter {
    /** How it sleeps, or is about to, and so how it is to be woken. */
    enum Place {
        /** By unparking it. One that does not sleep takes no harm. */
        PARKED,
        /** Blocked in the kernel, for all that wait: by the collector. */
        WATCHING,
        /** On {@link Standby}: by its bell. */
        ON_STANDBY
    }

    final Thread thread;

    /** It would hold a carrier where the JDK's poller does not watch for it: one is enough, the watcher's, which there has to be. */
    final boolean virtual;

    /** How many events it waits for. */
    int min;

    Place place = Place.PARKED;

    /** Larger for one that came later. */
    long ticket;

    /** Its neighbours among the {@link Waiters}: towards those that went to sleep later, and before. */
    Waiter later;
    Waiter earlier;

    /** Whether it was called, and has not come back yet: there is something for it to do. Read by the thread itself without the lock. */
    volatile boolean called;

    Waiter(Thread thread) {
        this.thread = thread;
        this.virtual = VirtualThreads.isVirtual(thread);
    }
}
