// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.provider.core.Knote;
import io.kevent.provider.core.Rivals;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The threads that wait for events, and which of them is called. One is the <i>watcher</i>: it is blocked in the kernel, for all of them. One is on
 * {@link Standby}: the kernel wakes it if the watcher has left and something comes that it may take. The others are parked. All methods are called with the
 * dispatcher's lock held; those that wait let go of it meanwhile.
 *
 * <p>A thread that is called is given nothing but a call: it looks for itself what there is, finds it in the ring, or not if another was there first. So one
 * that is interrupted or dies on its way loses nothing.
 */
final class Sleepers {
    private final ReentrantLock lock;
    private final Condition leftKernel;
    private final KernelWatch watch;
    private final ReadyRings ready;
    private final Workers workers;
    private final Standby standby;
    private final LongSupplier longestOnStandby;
    private final Waiters parked = new Waiters();

    /** The thread that is blocked in the kernel; null if none is. */
    private Waiter watcher;

    private final Deadline watchesUntil = new Deadline();

    /** The thread that is on standby, to be called like those that are parked, and listed with them; null if none is. */
    private Waiter onStandby;
    private final Deadline standsByUntil = new Deadline();

    /** How many threads were called and have not come back yet. */
    private int called;

    /** Whoever is on standby may sleep as long as is supplied, in nanoseconds, or {@link Deadline#FOREVER}. */
    Sleepers(ReentrantLock lock, KernelWatch watch, ReadyRings ready, Workers workers, Standby standby, LongSupplier longestOnStandby) {
        this.lock = lock;
        this.leftKernel = lock.newCondition();
        this.watch = watch;
        this.ready = ready;
        this.workers = workers;
        this.standby = standby;
        this.longestOnStandby = longestOnStandby;
    }

    boolean isKernelWatched() {
        return watcher != null;
    }

    /** Whether a thread sleeps that looks after the kernel for all that wait: it does not look at what has changed before the kernel tells something. */
    boolean isKernelLookedAfter() {
        return watcher != null || onStandby != null;
    }

    /** Whether one of those that look after the kernel is back within so many nanoseconds. */
    boolean isLookDueWithin(long nanos) {
        return watcher != null && !watchesUntil.isAfter(nanos) || onStandby != null && !standsByUntil.isAfter(nanos);
    }

    /** Whether a thread was called and has not come back yet: it will look at what has changed. */
    boolean isAnyOnItsWay() {
        return called > 0;
    }

    /** Whether one that comes to sleep finds another on standby, or can be the one. */
    boolean canStandBy(Waiter self) {
        return onStandby != null || !self.virtual;
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
        Waiter successor = watcher == null && !parked.isEmpty() ? successor() : null;
        return successor == null ? null : call(successor);
    }

    /**
     * Who is to watch the kernel now that nobody does; null if the one on standby will be woken in time by the kernel, for whatever a watcher would be, or if
     * none that sleeps could take it.
     */
    private Waiter successor() {
        boolean isRoom = workers.haveRoomFor(1);
        if (onStandby == null || isRoom && watch.longestWaitMillis() >= 0) {
            return parked.newest();
        }
        if (standsByUntil.isLongAfter(longestOnStandby.getAsLong())) {
            // it fell asleep when nothing was going on. Another in its place would be called again and again, while this one sleeps on
            return onStandby;
        }
        if (!isRoom) {
            // what the kernel tells is for whoever comes back from work, and asks it then
            return null;
        }
        try {
            standby.arm();
            return null;
        } catch (IOException e) {
            // refused: so a thread is called, which is told if it is refused as well
            return parked.newest();
        }
    }

    /** The thread that went to sleep last, of those that so many events are enough for. */
    private Waiter newest(int events) {
        Waiter waiter = parked.newest(events);
        boolean watcherFits = watcher != null && watcher.min <= events;
        return watcherFits && (waiter == null || watcher.ticket > waiter.ticket) ? watcher : waiter;
    }

    private Waiter call(Waiter waiter) {
        if (waiter.place != Waiter.Place.WATCHING) {
            parked.remove(waiter);
        }
        waiter.called = true;
        called++;
        return waiter;
    }

    /**
     * Wakes a thread that was chosen, if one was; better without the lock, which it needs. It looks how that is to be done when it does it: a thread that goes
     * from one way of sleeping to another sees that it was called before it sleeps.
     */
    void rouse(Waiter chosen) {
        if (chosen == null) {
            return;
        }
        switch (chosen.place) {
            case WATCHING -> watch.wake();
            case ON_STANDBY -> standby.ring();
            case PARKED -> LockSupport.unpark(chosen.thread);
        }
    }

    /** Lets go of the lock, whatever happens; then calls who is to be called, and offers to others what is left to them. */
    void unlock() {
        Waiter chosen = null;
        List<Knote> left = List.of();
        try {
            left = watch.takeLeft();
            chosen = choose();
        } finally {
            lock.unlock();
            try {
                rouse(chosen);
            } finally {
                Rivals.offer(left);
            }
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
        try {
            standby.disarm();
            long left = afterOthers(self, nanos);
            // who has called it meanwhile may look only now how it is to be woken, and not find it watching
            int wait = watch.prepare(self.called ? 0 : Deadline.millis(left));
            watches(self, Deadline.nanos(wait));
            int count = KernelWatch.UNKNOWN;
            try {
                unlock();
                count = watch.await(wait);
            } finally {
                lock.lock();
                watchesNoMore(self);
                watch.finish(count);
            }
        } finally {
            back(self);
            leftKernel.signalAll();
        }
    }

    /** Others may run before the thread waits; to those it watches already. Returns what is left of the time. */
    private long afterOthers(Waiter self, long nanos) {
        // not less, though something may be undecided now: it may be decided by the time that the wait begins
        watches(self, nanos);
        long used = 0;
        try {
            unlock();
            used = watch.giveWay();
        } finally {
            lock.lock();
            watchesNoMore(self);
        }
        return nanos == Deadline.FOREVER ? Deadline.FOREVER : nanos - used;
    }

    private void watches(Waiter self, long nanos) {
        self.place = Waiter.Place.WATCHING;
        watcher = self;
        watchesUntil.set(nanos);
    }

    private void watchesNoMore(Waiter self) {
        watcher = null;
        self.place = Waiter.Place.PARKED;
    }

    /** The watcher was going to sleep longer than until something happens by the clock: it is to look again. */
    void hurry(long nanos) {
        if (watcher != null && watchesUntil.isAfter(nanos)) {
            watch.nudge();
        }
    }

    /** What was looked at may come about without the kernel's telling it: who watches already does not know that it must look again soon. */
    void hurryIfUndecided() {
        int longest = watch.longestWaitMillis();
        if (longest >= 0) {
            hurry(Deadline.nanos(longest));
        }
    }

    /**
     * Waits until the thread is called or the time is up, while another one watches or it could take nothing: on standby, if none is and this is none that had
     * better park, and not longer than who looks after the kernel may; else parked.
     */
    void waitForCall(Waiter self, long nanos, long nanosOnStandby) throws IOException {
        parked.add(self);
        try {
            if (onStandby == null && !self.virtual) {
                standBy(self, nanosOnStandby);
            } else {
                park(self, nanos);
            }
        } finally {
            if (!back(self)) {
                parked.remove(self);
            }
        }
    }

    private void standBy(Waiter self, long nanos) throws IOException {
        onStandby = self;
        self.place = Waiter.Place.ON_STANDBY;
        standsByUntil.set(nanos);
        // who is stopped does not come to know
        boolean told = true;
        try {
            unlock();
            told = standby.await(self, Deadline.millis(nanos));
        } finally {
            lock.lock();
            onStandby = null;
            self.place = Waiter.Place.PARKED;
            leftKernel.signalAll();
            if (told) {
                standby.spent();
            }
        }
    }

    private void park(Waiter self, long nanos) {
        try {
            unlock();
            parkUntilCalled(self, nanos);
        } finally {
            lock.lock();
        }
    }

    private void parkUntilCalled(Waiter self, long nanos) {
        if (nanos == Deadline.FOREVER) {
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
        while (watcher != null || onStandby != null) {
            if (watcher != null) {
                watch.wake();
            } else {
                standby.ring();
            }
            leftKernel.awaitUninterruptibly();
        }
    }

    /** None sleeps any more: releases what they slept on. */
    void close() throws IOException {
        standby.close();
    }
}
