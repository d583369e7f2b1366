// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.core.Batch;
import io.kevent.provider.core.Collector;
import io.kevent.provider.core.Knote;
import io.kevent.provider.figures.SelectorWatch;
import io.kevent.provider.figures.SpinCause;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.VirtualThreads;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A selection operation, as {@code java.nio} specifies it, made of turns of a collector: how long it waits, what ends it, what it returns. How keys are
 * kept and told is the selector's. For the selecting thread, which holds the selector's locks.
 */
public abstract class SelectLoop {
    /** What {@link #select} returns if it was {@linkplain #mustLeave() left}; no count of keys. */
    public static final int LEFT = -1;

    /** What {@link #report(Consumer)} returns if no key was ready; no count either. */
    private static final int NOTHING = -2;

    private final Collector collector;
    private final SelectorWatch watch;
    private int remainingMillis;

    /**
     * Makes the loop of a selector.
     *
     * @param collector what the selector collects by
     * @param watch who is told of each operation
     */
    protected SelectLoop(Collector collector, SelectorWatch watch) {
        this.collector = collector;
        this.watch = watch;
    }

    /** The thread may block from now on: an interrupt must wake it up. */
    protected abstract void begin();

    /** The thread is back. */
    protected abstract void end();

    /**
     * Lets go of the keys that were cancelled.
     *
     * @throws IOException if the kernel refuses, after all of them are gone
     */
    protected abstract void deregisterCancelled() throws IOException;

    /**
     * Makes room for one more key in the selected-key set, if that is the selector's own. While the key is still in the batch: what fails later would find its
     * one-shot, dispatch or edge used up.
     */
    protected void makeRoom() { }

    /**
     * Tells the application of a key.
     *
     * @param knote the key's knote
     * @param ops the operations that are ready, of those the knote is interested in
     * @param events what made them ready
     * @param action the application's action, or null if the key goes into the selected-key set
     * @return 1 if the key's ready set was updated or the action called, else 0
     */
    protected abstract int report(Knote knote, int ops, int events, Consumer<SelectionKey> action);

    /**
     * Notes that events which the kernel was asked for make no operation of a key ready.
     *
     * @param knote the key's knote
     * @param events what came
     * @param action the application's action, or null
     * @return 1 if the application has changed the key meanwhile and was told of it nonetheless, else 0
     */
    protected abstract int reportNothing(Knote knote, int events, Consumer<SelectionKey> action);

    /**
     * Asked between two turns of an operation that has found nothing so far.
     *
     * @return whether the operation must stop here; it returns {@link #LEFT} then
     */
    protected boolean mustLeave() {
        return false;
    }

    /**
     * What an operation that was left had still to wait.
     *
     * @return milliseconds: 0 not at all, negative without a bound
     */
    protected final int remainingMillis() {
        return remainingMillis;
    }

    /**
     * Turns until something was reported, the time is up or somebody woke the selector. A turn that found only what nobody waits for is none that the
     * application sees.
     *
     * @param action the application's action, or null for the selected-key set
     * @param timeoutMillis 0 not to wait, negative to wait without a bound
     * @return how many keys' ready sets were updated, or for how many the action was called; {@link #LEFT}
     * @throws IOException what the kernel refused
     */
    public final int select(Consumer<SelectionKey> action, int timeoutMillis) throws IOException {
        int updated = 0;
        watch.begin(timeoutMillis != 0);
        try {
            updated = turns(action, timeoutMillis);
            return updated;
        } finally {
            watch.end(Math.max(updated, 0));
        }
    }

    private int turns(Consumer<SelectionKey> action, int timeoutMillis) throws IOException {
        long deadline = timeoutMillis > 0 ? System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis) : 0;
        int remaining = timeoutMillis;
        try {
            for (;;) {
                deregisterCancelled();
                boolean woken = turn(remaining);
                deregisterCancelled();
                int updated = report(action);
                if (updated != NOTHING) {
                    return updated;
                }
                if (timeoutMillis > 0) {
                    remaining = millisUntil(deadline);
                }
                if (woken) {
                    watch.woken();
                    return 0;
                }
                if (remaining == 0 && !collector.hasMore() || timeoutMillis != 0 && Thread.currentThread().isInterrupted()) {
                    return 0;
                }
                if (mustLeave()) {
                    remainingMillis = remaining;
                    return LEFT;
                }
            }
        } finally {
            collector.batch().keepRest();
        }
    }

    /** Rounded up: to come back early and find the time not yet up would cost another call. */
    private static int millisUntil(long deadline) {
        long nanos = deadline - System.nanoTime();
        return nanos <= 0 ? 0 : (int) TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
    }

    private boolean turn(int timeoutMillis) throws IOException {
        if (timeoutMillis == 0 || VirtualThreads.mustPark()) {
            // a thread that parks needs no wakeup to learn of an interrupt: one that came late would end the next select as well
            return collector.turn(Thread.currentThread().isInterrupted() ? 0 : timeoutMillis);
        }
        begin();
        try {
            return collector.turn(timeoutMillis);
        } finally {
            end();
        }
    }

    /** Returns how many keys' ready sets were updated, {@link #NOTHING} if no key was ready: an application that leaves ready keys selected gets a 0. */
    private int report(Consumer<SelectionKey> action) throws IOException {
        int updated = NOTHING;
        boolean allHungUp = true;
        Knote last = null;
        int events = 0;
        Batch batch = collector.batch();
        for (Knote knote = take(batch, action); knote != null; knote = take(batch, action)) {
            last = knote;
            events = batch.events(knote);
            int ops = batch.report(knote);
            if (ops != 0) {
                allHungUp &= (events & Events.UNASKED) != 0;
                updated = Math.max(updated, 0) + report(knote, ops, events, action);
                continue;
            }
            if (batch.unwanted(knote) && reportNothing(knote, events, action) != 0) {
                updated = Math.max(updated, 0) + 1;
            }
        }
        if (last != null) {
            judge(updated, allHungUp, last, events);
        }
        return updated;
    }

    private Knote take(Batch batch, Consumer<SelectionKey> action) {
        if (action == null) {
            makeRoom();
        }
        return batch.take();
    }

    /** What was found may be found again and again for nothing: the watch is told of what looks like it. */
    private void judge(int updated, boolean allHungUp, Knote last, int events) {
        if (updated == NOTHING) {
            watch.turnedInVain(last, events);
        } else if (updated == 0) {
            watch.foundInVain(SpinCause.KEPT_SELECTED, last, events);
        } else if (allHungUp) {
            watch.foundInVain(SpinCause.HUNG_UP, last, events);
        } else {
            watch.found(last, events);
        }
    }
}
