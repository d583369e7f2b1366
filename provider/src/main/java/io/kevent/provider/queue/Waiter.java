// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.provider.kernel.VirtualThreads;

/**
 * A thread that waits for events, or has; used again for each wait. Guarded by the dispatcher's lock; but whoever has called it looks without the lock at how
 * it sleeps, and it looks itself at {@link #called}.
 */
final class Waiter {
    final Thread thread;

    /** It would hold a carrier where the JDK's poller does not watch for it: one is enough, the watcher's, which there has to be. */
    final boolean virtual;

    /** How many events it waits for. */
    int min;

    /** Whether it watches the kernel, and is woken by the collector. If neither this nor on standby, it is parked. */
    boolean watches;

    /** Whether it is on {@link Standby}, and is woken by that. */
    boolean standsBy;

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
