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
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands events to threads. A thread that comes for events takes them from the rings; if there are too few it has the kernel looked at, and sleeps. Whoever lets
 * go of the lock calls a thread that sleeps if there is something for it to do. Nothing belongs to a thread before it has taken it.
 */
public final class Dispatcher {
    /** A wait without a bound. */
    public static final long FOREVER = Deadline.FOREVER;

    private final KeventQueue queue;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition handlingEnded = lock.newCondition();

    // ---- guarded by the lock

    private final ReadyRings ready = new ReadyRings();
    private final Workers workers;
    private final KernelWatch watch;
    private final SleepBound bound;
    private final Sleepers sleepers;
    private final Taking taking;

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
        this(queue, kernel, provider, concurrency, TimeUnit.SECONDS.toNanos(1));
    }

    /** For tests, which must not depend on what comes about in a second. */
    Dispatcher(KeventQueue queue, Kernel kernel, SelectorProvider provider, int concurrency, long burialNanos) throws IOException {
        this.queue = queue;
        this.workers = new Workers(concurrency);
        this.bound = new SleepBound(workers, burialNanos);
        this.watch = new KernelWatch(kernel, provider);
        try {
            this.sleepers = new Sleepers(lock, watch, ready, workers, new Standby(kernel, provider, watch.descriptor()), bound::nanosOnStandby);
        } catch (IOException | RuntimeException | Error e) {
            watch.close();
            throw e;
        }
        this.taking = new Taking(ready, workers, watch, sleepers, bound, this::requireOpen);
    }

    /**
     * Has something run when its time has come. To be called once, before the first thread waits.
     *
     * @param clockwork what to run
     */
    public void drive(Clockwork clockwork) {
        bound.drive(clockwork);
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

    /** Lets go of the lock, calls a thread if there is something for one to do, and offers to other queues and selectors what was left to them. */
    public void unlock() {
        try {
            if (mustLookForOthers()) {
                reviewForOthers();
            }
        } finally {
            sleepers.unlock();
        }
    }

    /**
     * The same for a thread that has changed a knote's interest: if it has more events, it looks itself when it is through with them, or one that sleeps does
     * soon.
     */
    void unlockAfterChange() {
        try {
            if (mustLookForOthers() && !isLeftToWorker()) {
                reviewForOthers();
            }
        } finally {
            sleepers.unlock();
        }
    }

    /** Whether something has changed that a thread which sleeps might have to do with, and nobody will look at it before the kernel tells something. */
    private boolean mustLookForOthers() {
        return watch.hasChanged() && !closed && sleepers.isKernelLookedAfter() && !sleepers.isAnyOnItsWay() && workers.haveRoomFor(1);
    }

    private boolean isLeftToWorker() {
        return workers.own().hasMore() && bound.postponement().mayLeaveOne() && sleepers.isLookDueWithin(Postponement.LIMIT_NANOS);
    }

    private void reviewForOthers() {
        try {
            watch.review();
        } catch (IOException e) {
            taking.refused(e);
        }
        sleepers.hurryIfUndecided();
    }

    /**
     * Something will happen by the clock, perhaps earlier than anything that was going to. With the lock held.
     *
     * @param nanos how long until then
     */
    public void hurryLocked(long nanos) {
        sleepers.hurry(nanos);
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
            watch.claimLent();
            if (max == 0) {
                return 0;
            }
            int taken = taking.take(worker.waiter, batch, min, max, nanos);
            if (taken > 0) {
                workers.begin(worker, batch);
                // who watches since before that is to look whether this thread dies
                sleepers.hurry(bound.burialNanos());
            }
            return taken;
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            // what it has taken already goes back
            batch.endLocked();
            throw e;
        } finally {
            unlock();
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
            watch.claimLent();
        } finally {
            unlock();
        }
    }

    /** The handling of an event has ended, of a knote for which somebody waits. */
    void handlingEnded(ReadyKnote knote) {
        if (lock.isHeldByCurrentThread()) {
            handlingEndedLocked(knote);
            return;
        }
        lock.lock();
        try {
            handlingEndedLocked(knote);
        } finally {
            unlock();
        }
    }

    private void handlingEndedLocked(ReadyKnote knote) {
        knote.refreshLocked();
        handlingEnded.signalAll();
    }

    /** Waits until no other thread handles a knote that is deleted. False if the time was up before. */
    boolean awaitHandled(ReadyKnote knote, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            knote.askAttention();
            QueueBatch batch = workers.own().batch();
            int own = batch == null ? 0 : batch.handled(knote);
            long left = nanos;
            while (knote.begun() > own) {
                if (left <= 0) {
                    return false;
                }
                long slice = Math.min(left, bound.burialNanos());
                left -= slice - handlingEnded.awaitNanos(slice);
                if (taking.buryDead()) {
                    letOthersHaveIt();
                }
            }
            return true;
        } finally {
            unlock();
        }
    }

    /** What has come back is there for threads that sleep, one of which is called for it. */
    private void letOthersHaveIt() {
        try {
            unlock();
        } finally {
            lock.lock();
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
            workers.close();
            sleepers.sendAway();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Deletes all knotes that the kernel watches.
     *
     * @throws IOException what failed for one of them, after the others are deleted
     */
    public void deleteWatched() throws IOException {
        List<QueueKnote> knotes;
        lock.lock();
        try {
            knotes = watch.owners();
        } finally {
            lock.unlock();
        }
        QueueKnote.endAll(knotes, QueueKnote::delete);
    }

    /**
     * Closes the descriptors. To be called last.
     *
     * @throws IOException if closing fails
     */
    public void close() throws IOException {
        lock.lock();
        try {
            sleepers.close();
        } finally {
            try {
                watch.close();
            } finally {
                lock.unlock();
            }
        }
    }
}
