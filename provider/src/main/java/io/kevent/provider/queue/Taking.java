// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.io.IOException;

/**
 * How a thread comes to its events: it takes them from the rings; if there are too few it has the kernel looked at, and sleeps. All methods are called with the
 * dispatcher's lock held, which is let go of while a thread sleeps.
 */
final class Taking {
    /** After so many events from the rings the kernel is asked again, though there are more: its events must not wait for ever behind those. */
    private static final int ASK_AFTER = 64;

    private final ReadyRings ready;
    private final Workers workers;
    private final KernelWatch watch;
    private final Sleepers sleepers;
    private final SleepBound bound;
    private final Runnable requireOpen;

    /** How many events were taken since the kernel was asked last. */
    private int sinceAsked;

    /** Whether what seemed to be enough was not: what came to nothing may be ready for something else, which nobody has looked at. */
    private boolean cameToNothing;

    /** What the kernel refused while no thread was there that could be told. */
    private IOException refusal;

    /** Whether the queue is still open is told by what throws if it is not. */
    Taking(ReadyRings ready, Workers workers, KernelWatch watch, Sleepers sleepers, SleepBound bound, Runnable requireOpen) {
        this.ready = ready;
        this.workers = workers;
        this.watch = watch;
        this.sleepers = sleepers;
        this.bound = bound;
        this.requireOpen = requireOpen;
    }

    /** The kernel has refused something, which concerns none but who takes next. */
    void refused(IOException refusal) {
        this.refusal = refusal;
    }

    /** Takes events into a batch that is empty, as {@link Dispatcher#take}. Returns how many. */
    int take(Waiter self, QueueBatch batch, int min, int max, long nanos) throws InterruptedException, IOException {
        sleepers.comes(self);
        int enough = Math.max(min, 1);
        self.min = enough;
        boolean patient = min > 0 && nanos > 0;
        long deadline = patient && nanos != Deadline.FOREVER ? System.nanoTime() + nanos : 0;
        refill(!patient && ready.size() < enough ? max : 0);
        cameToNothing = false;
        boolean cameJustNow = true;
        while (!takeEnough(batch, enough, max)) {
            long left = !patient ? 0 : nanos == Deadline.FOREVER ? Deadline.FOREVER : deadline - System.nanoTime();
            if (left <= 0) {
                if (cameToNothing || patient && cameJustNow) {
                    // the time was up before it came to sleep, or there was less than it seemed: it finds no less than who does not wait
                    refill(max);
                }
                takeEnough(batch, 0, max);
                break;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!cameToNothing) {
                sleep(self, left, cameJustNow);
                cameJustNow = false;
                requireOpen.run();
            }
            cameToNothing = false;
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
            cameToNothing = true;
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
        bound.clockwork().run();
        boolean isDue = !sleepers.isKernelWatched() && (wanted > 0 || sinceAsked >= ASK_AFTER);
        if (isDue || !workers.haveRoomFor(1)) {
            buryDead();
        }
        // not for a thread that may take nothing
        if (isDue && workers.haveRoomFor(1)) {
            sinceAsked = 0;
            ask(wanted);
        } else {
            watch.review();
        }
        sleepers.hurryIfUndecided();
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
        bound.postponement().wentToSleep();
        if (sleepers.isKernelWatched() || !workers.haveRoomFor(1) && sleepers.canStandBy(self)) {
            long longest = bound.nanosOnStandby();
            if (cameJustNow) {
                // others come and go: the one that watches will be at work as well, and whoever stands in for it then must not sleep longer than it would
                longest = Math.min(longest, bound.burialNanos());
            }
            sleepers.waitForCall(self, nanos, Math.min(nanos, longest));
            return;
        }
        buryDead();
        sleepers.watchKernel(self, Math.min(nanos, bound.nanosInKernel()));
        sinceAsked = 0;
    }

    /** Ends the work of threads that died. Returns whether there was one. */
    boolean buryDead() {
        boolean any = workers.buryDead();
        if (any) {
            watch.claimLent();
        }
        return any;
    }
}
