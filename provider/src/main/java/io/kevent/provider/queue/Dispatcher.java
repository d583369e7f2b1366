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

    /** After so many events from the rings the kernel is asked again, though there are more: its events must not wait for ever behind those. */
    private static final int ASK_AFTER = 64;

    private final KeventQueue queue;

    /** How often it is looked whether a thread that is at work has died. */
    private final long burialNanos;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition handlingEnded = lock.newCondition();

    // ---- guarded by the lock

    private final ReadyRings ready = new ReadyRings();
    private final Workers workers;
    private final KernelWatch watch;
    private final Sleepers sleepers;
    private final Postponement postponement = new Postponement();
    private Clockwork clockwork;

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
        this(queue, kernel, provider, concurrency, TimeUnit.SECONDS.toNanos(1));
    }

    /** For tests, which must not depend on what comes about in a second. */
    Dispatcher(KeventQueue queue, Kernel kernel, SelectorProvider provider, int concurrency, long burialNanos) throws IOException {
        this.queue = queue;
        this.burialNanos = burialNanos;
        this.workers = new Workers(concurrency);
        this.watch = new KernelWatch(kernel, provider);
        try {
            this.sleepers = new Sleepers(lock, watch, ready, workers, new Standby(kernel, provider, watch.descriptor()), this::longestSleep);
        } catch (IOException | RuntimeException | Error e) {
            watch.close();
            throw e;
        }
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

    /** The same for a thread that has changed a knote's interest: if it has more events, and comes back from them soon, it looks itself then. */
    void unlockChanged() {
        try {
            if (mustLookForOthers() && !isLeftToWorker()) {
                reviewForOthers();
            }
        } finally {
            sleepers.unlock();
        }
    }

    /** Whether nobody else will look at what has changed before the kernel tells something, and there are threads that sleep, one of which might have to do with it. */
    private boolean mustLookForOthers() {
        return watch.hasChanged() && !closed && sleepers.isKernelLookedAfter() && !sleepers.isAnyOnItsWay() && workers.haveRoomFor(1);
    }

    private boolean isLeftToWorker() {
        return workers.own().hasMore() && postponement.couldLeave() && sleepers.lookWithin(Postponement.LIMIT_NANOS);
    }

    private void reviewForOthers() {
        try {
            watch.review();
        } catch (IOException e) {
            refusal = e;
        }
        int bound = watch.longestWaitMillis();
        if (bound >= 0) {
            // a thread that sleeps already does not know that it must look again soon
            sleepers.hurry(TimeUnit.MILLISECONDS.toNanos(bound));
        }
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
            int taken = takeLocked(worker.waiter, batch, min, max, nanos);
            if (taken > 0) {
                workers.begin(worker, batch);
                // who watches since before that is to look whether this thread dies
                sleepers.hurry(burialNanos);
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

    private int takeLocked(Waiter self, QueueBatch batch, int min, int max, long nanos) throws InterruptedException, IOException {
        sleepers.comes(self);
        int enough = Math.max(min, 1);
        self.min = enough;
        boolean patient = min > 0 && nanos > 0;
        long deadline = patient && nanos != FOREVER ? System.nanoTime() + nanos : 0;
        refill(!patient && ready.size() < enough ? max : 0);
        boolean cameJustNow = true;
        while (!takeEnough(batch, enough, max)) {
            long left = !patient ? 0 : nanos == FOREVER ? FOREVER : deadline - System.nanoTime();
            if (left <= 0) {
                if (patient && cameJustNow) {
                    // the time was up before it came to sleep: it finds no less than who does not wait
                    refill(max);
                }
                takeEnough(batch, 0, max);
                break;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            sleep(self, left, cameJustNow);
            cameJustNow = false;
            requireOpen();
            refill(0);
        }
        return batch.size();
    }

    /** Takes what there is into a batch that is empty, if that makes enough and the thread may work. Returns whether it holds enough; else it is empty. */
    private boolean takeEnough(QueueBatch batch, int enough, int max) {
        if (ready.size() >= enough && workers.haveRoomFor(1)) {
            ReadyKnote knote;
            while (batch.size() < max && (knote = ready.take()) != null) {
                knote.deliverLocked(batch);
                sinceAsked++;
            }
            if (batch.size() >= enough) {
                return true;
            }
            // there was less to tell than it seemed: while the thread sleeps it is there for others
            batch.endLocked();
        }
        return false;
    }

    /** Takes in what has come about; asks the kernel only if some are wanted of it, or if it was not asked for long. */
    private void refill(int wanted) throws IOException {
        IOException refused = refusal;
        if (refused != null) {
            refusal = null;
            throw refused;
        }
        clockwork.run();
        boolean asks = !sleepers.isKernelWatched() && (wanted > 0 || sinceAsked >= ASK_AFTER);
        if (asks || !workers.haveRoomFor(1)) {
            buryDead();
        }
        if (asks) {
            sinceAsked = 0;
            ask(wanted);
        } else {
            watch.review();
        }
    }

    /** Asks the kernel: which gives a part at once, and is asked again as long as that is less than is wanted. */
    private void ask(int wanted) throws IOException {
        int before;
        do {
            before = ready.size();
            watch.look();
        } while (watch.hasMore() && ready.size() > before && ready.size() < wanted);
    }

    private void sleep(Waiter self, long nanos, boolean cameJustNow) throws IOException {
        postponement.sleeps();
        if (sleepers.isKernelWatched() || !workers.haveRoomFor(1) && sleepers.canStandBy(self)) {
            // while threads come and go the watcher will go to work as well, and whoever is to stand in for it then must not sleep longer than it would
            long bound = cameJustNow ? Math.min(longestSleep(), burialNanos) : longestSleep();
            sleepers.waitForCall(self, nanos, Math.min(nanos, bound));
            return;
        }
        buryDead();
        sleepers.watchKernel(self, Math.min(nanos, longestSleep()));
        sinceAsked = 0;
    }

    /** How long a thread that looks after the kernel may sleep: until something happens by the clock, or it is to be looked whether a thread has died. */
    private long longestSleep() {
        long bound = Math.min(clockwork.nanosToNext(), postponement.longestSleep());
        return workers.isAnyWorking() ? Math.min(bound, burialNanos) : bound;
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

    /** Ends the work of threads that died. Returns whether there was one. */
    private boolean buryDead() {
        boolean any = workers.buryDead();
        if (any) {
            watch.claimLent();
        }
        return any;
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
                long slice = Math.min(left, burialNanos);
                left -= slice - handlingEnded.awaitNanos(slice);
                if (buryDead()) {
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
