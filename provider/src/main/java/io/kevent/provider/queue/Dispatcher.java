// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.ClosedQueueException;
import io.kevent.KeventQueue;
import io.kevent.provider.kernel.Kernel;
import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands events to threads. One of the threads that wait is the <i>watcher</i>: it is blocked in the kernel, for all of them. The others are parked. A watcher
 * that comes back takes what it found, and before it goes to work with it, calls the thread that went to sleep last to watch in its place. An event that comes
 * about otherwise (a trigger, a knote that was enabled) calls the thread that went to sleep last. A thread that is called finds its event in the ring, or not
 * if another was there first: nothing belongs to a thread before it has taken it, so that one that is interrupted or dies on its way loses nothing.
 */
public final class Dispatcher {
    /** A wait without a bound. */
    public static final long FOREVER = Long.MAX_VALUE;

    /** After so many events from the rings the kernel is asked again, though there are more: its events must not wait for ever behind those. */
    private static final int ASK_AFTER = 64;

    /** How often it is looked whether a thread that is at work has died. */
    private static final long BURIAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final KeventQueue queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // ---- guarded by the lock

    private final ReadyRings ready = new ReadyRings();
    private final Waiters waiters = new Waiters();
    private final Workers workers;
    private final KernelWatch watch;
    private Clockwork clockwork;

    /** The thread that is blocked in the kernel; null if none is. */
    private Waiter watcher;

    /** Until when it is, in the time of {@link System#nanoTime}. */
    private long watchedUntil;

    /** How many threads were called and have not come back yet. */
    private int called;

    /** How many events were taken since the kernel was asked last. */
    private int sinceAsked;

    /** What the kernel refused while no thread was there that could be told. */
    private IOException refusal;

    private volatile boolean closed;

    /**
     * Makes a dispatcher.
     *
     * @param queue whose events it hands out
     * @param kernel where descriptors come from
     * @param provider in whose name the queue is registered with channels
     * @param concurrency how many threads may work at once
     * @throws IOException if the process has no descriptor or memory left
     */
    public Dispatcher(KeventQueue queue, Kernel kernel, SelectorProvider provider, int concurrency) throws IOException {
        this.queue = queue;
        this.workers = new Workers(concurrency);
        this.watch = new KernelWatch(kernel, provider);
    }

    /**
     * Has something run when its time has come. To be called once, before the first thread waits.
     *
     * @param clockwork what to run
     */
    public void drive(Clockwork clockwork) {
        this.clockwork = clockwork;
    }

    KeventQueue queue() {
        return queue;
    }

    ReadyRings ready() {
        return ready;
    }

    /**
     * The core's side.
     *
     * @return the same at each call
     */
    public KernelWatch watch() {
        return watch;
    }

    /**
     * Tells whether the queue can be used.
     *
     * @return false once it was {@linkplain #shut() shut}
     */
    public boolean isOpen() {
        return !closed;
    }

    /** Refuses a queue that is closed. */
    public void requireOpen() {
        if (closed) {
            throw new ClosedQueueException();
        }
    }

    // ---- the lock

    /** Takes the lock; not to be taken twice by one thread. */
    public void lock() {
        lock.lock();
    }

    /** Lets go of the lock, and calls a thread if there is something for one to do. */
    public void unlock() {
        if (watcher != null && watch.hasChanged() && !closed) {
            // nobody else will look before the watcher comes back
            reviewForOthers();
        }
        Waiter next = closed ? null : choose();
        lock.unlock();
        if (next != null) {
            rouse(next);
        }
    }

    private void reviewForOthers() {
        try {
            watch.review();
        } catch (IOException e) {
            refusal = e;
        }
    }

    /** Chooses a thread that sleeps while there is something for it to do, and counts it as called; null if there is none. */
    private Waiter choose() {
        if (ready.size() > called && workers.haveRoomFor(called + 1)) {
            Waiter waiter = waiters.newest(ready.size());
            boolean watcherFits = watcher != null && !watcher.called && watcher.min <= ready.size();
            if (watcherFits && (waiter == null || watcher.ticket > waiter.ticket)) {
                waiter = watcher;
            }
            if (waiter != null) {
                return call(waiter);
            }
        }
        return watcher == null && called == 0 && !waiters.isEmpty() ? call(waiters.newest()) : null;
    }

    private Waiter call(Waiter waiter) {
        if (!waiter.watches) {
            waiters.remove(waiter);
        }
        waiter.called = true;
        called++;
        return waiter;
    }

    private void rouse(Waiter waiter) {
        if (waiter.watches) {
            watch.wake();
        } else {
            LockSupport.unpark(waiter.thread);
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

    /**
     * Something will happen by the clock earlier than it was going to. With the lock held.
     *
     * @param nanos how long until then
     */
    public void hurryLocked(long nanos) {
        if (watcher != null && System.nanoTime() + nanos - watchedUntil < 0) {
            watch.nudge();
        }
    }

    // ---- taking

    /**
     * Takes events; see {@link KeventQueue#take(io.kevent.EventBatch, int, int, long, TimeUnit)}.
     *
     * @param batch what to put them in, one of this dispatcher
     * @param min how many to wait for
     * @param max how many to take at most
     * @param nanos how long to wait, or {@link #FOREVER}
     * @return how many events are in the batch
     * @throws InterruptedException if the thread is interrupted while it waits, or would
     * @throws IOException if the kernel refuses
     */
    public int take(QueueBatch batch, int min, int max, long nanos) throws InterruptedException, IOException {
        if (!batch.isOf(this)) {
            throw new IllegalArgumentException("the batch is another queue's");
        }
        lock.lock();
        try {
            requireOpen();
            Worker worker = workers.own();
            workers.end(worker);
            workers.end(batch);
            if (max == 0) {
                return 0;
            }
            int taken = takeLocked(worker.waiter, batch, min, max, nanos);
            if (taken > 0) {
                workers.begin(worker, batch);
            }
            return taken;
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            // events that it has but does not get
            batch.endLocked();
            throw e;
        } finally {
            unlock();
        }
    }

    private int takeLocked(Waiter self, QueueBatch batch, int min, int max, long nanos) throws InterruptedException, IOException {
        int enough = Math.max(min, 1);
        boolean patient = min > 0 && nanos > 0;
        long deadline = patient && nanos != FOREVER ? System.nanoTime() + nanos : 0;
        boolean asked = patient;
        for (;;) {
            refill(!asked && ready.size() < enough);
            asked = true;
            if (batch.size() + ready.size() >= enough && workers.haveRoomFor(1)) {
                fill(batch, max);
                if (batch.size() >= enough) {
                    return batch.size();
                }
            }
            long left = nanos;
            if (patient && nanos != FOREVER) {
                left = deadline - System.nanoTime();
            }
            if (!patient || left <= 0) {
                if (workers.haveRoomFor(1)) {
                    fill(batch, max);
                }
                return batch.size();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            self.min = enough - batch.size();
            if (watcher == null) {
                watchKernel(self, left);
            } else {
                park(self, left);
            }
            requireOpen();
        }
    }

    /** Takes in what has come about; asks the kernel only if told to, or if it was not asked for long. */
    private void refill(boolean ask) throws IOException {
        IOException refused = refusal;
        if (refused != null) {
            refusal = null;
            throw refused;
        }
        clockwork.run();
        if (watcher == null && (ask || sinceAsked >= ASK_AFTER)) {
            sinceAsked = 0;
            watch.look();
        } else {
            watch.review();
        }
    }

    private void fill(QueueBatch batch, int max) {
        while (batch.size() < max) {
            QueueKnote knote = ready.take();
            if (knote == null) {
                return;
            }
            knote.deliverLocked(batch);
            sinceAsked++;
        }
    }

    /** Waits in the kernel, for all that wait. */
    private void watchKernel(Waiter self, long nanos) throws IOException {
        workers.buryDead();
        long bound = Math.min(nanos, clockwork.nanosToNext());
        if (workers.isAnyWorking()) {
            bound = Math.min(bound, BURIAL_NANOS);
        }
        int wait = watch.prepare(millis(bound));
        self.ticket = waiters.ticket();
        self.watches = true;
        watcher = self;
        watchedUntil = System.nanoTime() + (wait < 0 ? Long.MAX_VALUE / 2 : TimeUnit.MILLISECONDS.toNanos(wait));
        int count = 0;
        Waiter next = choose();
        lock.unlock();
        try {
            if (next != null) {
                rouse(next);
            }
            count = watch.await(wait);
        } finally {
            lock.lock();
            watcher = null;
            self.watches = false;
            back(self);
            sinceAsked = 0;
            changed.signalAll();
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

    private void park(Waiter self, long nanos) {
        waiters.add(self);
        Waiter next = choose();
        lock.unlock();
        try {
            if (next != null) {
                rouse(next);
            }
            if (nanos == FOREVER) {
                while (!self.called && !Thread.currentThread().isInterrupted()) {
                    LockSupport.park(this);
                }
            } else {
                long deadline = System.nanoTime() + nanos;
                for (long left = nanos; left > 0 && !self.called && !Thread.currentThread().isInterrupted(); left = deadline - System.nanoTime()) {
                    LockSupport.parkNanos(this, left);
                }
            }
        } finally {
            lock.lock();
            if (!back(self)) {
                waiters.remove(self);
            }
        }
    }

    // ---- working

    /**
     * Runs a section that may block; see {@link KeventQueue#blocking}.
     *
     * @param section what to run
     * @param <T> type of its result
     * @return its result
     * @throws Exception what it throws
     */
    public <T> T blocking(Callable<T> section) throws Exception {
        Worker worker = workers.own();
        boolean entered;
        lock.lock();
        try {
            entered = workers.enterBlocking(worker);
        } finally {
            unlock();
        }
        try {
            return section.call();
        } finally {
            if (entered) {
                lock.lock();
                try {
                    workers.leaveBlocking(worker);
                } finally {
                    unlock();
                }
            }
        }
    }

    /** Whoever took a batch has done with it. */
    void rest(QueueBatch batch) {
        lock.lock();
        try {
            workers.end(batch);
        } finally {
            unlock();
        }
    }

    /** The handling of an event has ended, of a knote for which somebody waits. */
    void handlingEnded(QueueKnote knote) {
        boolean held = lock.isHeldByCurrentThread();
        lock.lock();
        try {
            knote.refreshLocked();
            changed.signalAll();
        } finally {
            if (held) {
                lock.unlock();
            } else {
                unlock();
            }
        }
    }

    /** Waits until no other thread handles a knote that is deleted. False if the time was up before. */
    boolean awaitHandled(QueueKnote knote, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            knote.askAttention();
            Worker worker = workers.own();
            int own = worker.batch == null ? 0 : worker.batch.handled(knote);
            long left = nanos;
            while (knote.begun() > own) {
                if (left <= 0) {
                    return false;
                }
                long slice = Math.min(left, BURIAL_NANOS);
                left -= slice - changed.awaitNanos(slice);
                workers.buryDead();
            }
            return true;
        } finally {
            unlock();
        }
    }

    // ---- the end

    /**
     * Sends all threads away that wait, and lets none wait any more; returns when none is in the kernel. What the queue has opened is still open.
     *
     * @return false if that was done before
     */
    public boolean shut() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            while (!waiters.isEmpty()) {
                rouse(call(waiters.newest()));
            }
            while (watcher != null) {
                watch.wake();
                changed.awaitUninterruptibly();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Deletes all knotes that the kernel watches. */
    public void deleteWatched() {
        List<QueueKnote> knotes;
        lock.lock();
        try {
            knotes = watch.owners();
        } finally {
            lock.unlock();
        }
        knotes.forEach(QueueKnote::delete);
    }

    /**
     * Closes the descriptors. To be called last.
     *
     * @throws IOException if closing fails
     */
    public void close() throws IOException {
        lock.lock();
        try {
            watch.close();
        } finally {
            lock.unlock();
        }
    }
}
