// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

/**
 * The threads that wait parked, the one that went to sleep last first: its caches are the warmest, and those behind it can sleep on. Guarded by the
 * dispatcher's lock.
 */
final class Waiters {
    private Waiter newest;
    private long tickets;

    boolean isEmpty() {
        return newest == null;
    }

    /** Gives a thread that comes for events its place among those that wait: behind nobody. It keeps it however often it wakes and sleeps on. */
    void comes(Waiter waiter) {
        waiter.ticket = ++tickets;
    }

    /** A thread goes to sleep. */
    void add(Waiter waiter) {
        Waiter later = null;
        Waiter earlier = newest;
        while (earlier != null && earlier.ticket > waiter.ticket) {
            later = earlier;
            earlier = earlier.earlier;
        }
        waiter.later = later;
        waiter.earlier = earlier;
        if (later != null) {
            later.earlier = waiter;
        } else {
            newest = waiter;
        }
        if (earlier != null) {
            earlier.later = waiter;
        }
    }

    /** A thread is called, or has given up. */
    void remove(Waiter waiter) {
        if (waiter.later != null) {
            waiter.later.earlier = waiter.earlier;
        } else {
            newest = waiter.earlier;
        }
        if (waiter.earlier != null) {
            waiter.earlier.later = waiter.later;
        }
        waiter.later = null;
        waiter.earlier = null;
    }

    /** The one that went to sleep last; null if there is none. */
    Waiter newest() {
        return newest;
    }

    /** The one that went to sleep last, of those that so many events are enough for; null if there is none. */
    Waiter newest(int events) {
        Waiter waiter = newest;
        while (waiter != null && waiter.min > events) {
            waiter = waiter.earlier;
        }
        return waiter;
    }
}
