// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads that wait for events, and which of them is called. One is the <i>watcher</i>: it is blocked in the kernel, for all of them. The others are
 * parked. All methods are called with the dispatcher's lock held, but for {@link #rouse}; those that wait let go of it meanwhile.
 *
 * <p>A thread that is called is given nothing but a call: it looks for itself what there is, finds it in the ring, or not if another was there first. So one
 * that is interrupted or dies on its way loses nothing.
 */
final class Sleepers {
    /** A wait without a bound. */
    static final long FOREVER = Long.MAX_VALUE;

    private final ReentrantLock lock;
    private final Condition watcherLeft;
    private final KernelWatch watch;
    private final ReadyRings ready;
    private final Workers workers;
    private final Waiters parked = new Waiters();

    /** The thread that is blocked in the kernel; null if none is. */
    private Waiter watcher;

    /** For how many milliseconds it is: negative without a bound. */
    private int watchedFor;

    /** Until when it is, in the time of {@link System#nanoTime}, if there is a bound: the clock costs as much as a lock. */
    private long watchedUntil;

    /** How many threads were called and have not come back yet. */
    private int called;

    Sleepers(ReentrantLock lock, KernelWatch watch, ReadyRings ready, Workers workers) {
        this.lock = lock;
        this.watcherLeft = lock.newCondition();
        this.watch = watch;
        this.ready = ready;
        this.workers = workers;
    }

    boolean isKernelWatched() {
        return watcher != null;
    }

    // ---- calling

    /**
     * Chooses a thread that sleeps while there is something for it to do, and counts it as called; null if there is none. One is on its way at a time: it
     * takes what it can, and what is left then calls the next. To call one for each event at once would wake most of them for nothing, since those that are
     * at work come back for more meanwhile.
     */
    Waiter choose() {
        if (called > 0) {
            return null;
        }
        if (ready.size() > 0 && workers.haveRoomFor(1)) {
            Waiter waiter = newest(ready.size());
            if (waiter != null) {
                return call(waiter);
            }
        }
        return watcher == null && !parked.isEmpty() ? call(parked.newest()) : null;
    }

    /** The thread that went to sleep last, of those that so many events are enough for. */
    private Waiter newest(int events) {
        Waiter waiter = parked.newest(events);
        boolean watcherFits = watcher != null && watcher.min <= events;
        return watcherFits && (waiter == null || watcher.ticket > waiter.ticket) ? watcher : waiter;
    }

    private Waiter call(Waiter waiter) {
        if (!waiter.watches) {
            parked.remove(waiter);
        }
        waiter.called = true;
        called++;
        return waiter;
    }

    /** Wakes a thread that was chosen, if one was; better without the lock, which it needs. */
    void rouse(Waiter chosen) {
        if (chosen == null) {
            return;
        }
        if (chosen.watches) {
            watch.wake();
        } else {
            LockSupport.unpark(chosen.thread);
        }
    }

    /** A thread that was asleep is back. Returns whether it was called. */
    private boolean back(Waiter waiter) {
        boolean wasCalled = waiter.called;
        if (wasCalled) {
            waiter.called = false;
            called--;
        }
        return wasCalled;
    }

    // ---- sleeping

    /** A thread comes for events, and may go to sleep. */
    void comes(Waiter self) {
        parked.comes(self);
    }

    /** Waits in the kernel, for all that wait, until something is found, the thread is called or the time is up. No thread does so already. */
    void watchKernel(Waiter self, long nanos) throws IOException {
        int wait = watch.prepare(millis(nanos));
        self.watches = true;
        watcher = self;
        watchedFor = wait;
        if (wait > 0) {
            watchedUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
        }
        int count = KernelWatch.UNKNOWN;
        Waiter next = choose();
        lock.unlock();
        try {
            rouse(next);
            count = watch.await(wait);
        } finally {
            lock.lock();
            watcher = null;
            self.watches = false;
            back(self);
            watcherLeft.signalAll();
            watch.finish(count);
        }
    }

    /** Rounded up: to come back early would cost another call. Without a bound is negative. */
    private static int millis(long nanos) {
        if (nanos == FOREVER) {
            return -1;
        }
        return nanos <= 0 ? 0 : (int) Math.min(TimeUnit.NANOSECONDS.toMillis(nanos - 1) + 1, Integer.MAX_VALUE);
    }

    /** The watcher was going to sleep longer than until something happens by the clock: it is to look again. */
    void hurry(long nanos) {
        if (watcher != null && watchesLongerThan(nanos)) {
            watch.nudge();
        }
    }

    private boolean watchesLongerThan(long nanos) {
        return watchedFor < 0 || watchedFor > 0 && System.nanoTime() + nanos - watchedUntil < 0;
    }

    /** Waits parked, until the thread is called or the time is up. */
    void park(Waiter self, long nanos) {
        parked.add(self);
        Waiter next = choose();
        lock.unlock();
        try {
            rouse(next);
            parkUntilCalled(self, nanos);
        } finally {
            lock.lock();
            if (!back(self)) {
                parked.remove(self);
            }
        }
    }

    private void parkUntilCalled(Waiter self, long nanos) {
        if (nanos == FOREVER) {
            while (!self.called && !Thread.currentThread().isInterrupted()) {
                LockSupport.park(this);
            }
            return;
        }
        long deadline = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !self.called && !Thread.currentThread().isInterrupted(); left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** Calls all of them, and returns when none is in the kernel. */
    void sendAway() {
        while (!parked.isEmpty()) {
            rouse(call(parked.newest()));
        }
        while (watcher != null) {
            watch.wake();
            watcherLeft.awaitUninterruptibly();
        }
    }
}
