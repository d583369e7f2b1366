// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.VirtualThreads;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets other threads run before the collector's thread goes to sleep. Under load some of them are just about to make a channel ready or to wake the
 * collector, which finds that then without having slept: nobody has to wake it, and it finds more at once. To be put to sleep and woken up costs more than all
 * calls of a turn. Where no other thread waits for the processor, a yield is a call that comes back at once. It is the middle one of the steps that waiting is
 * known to consist of: to spin, to yield, to sleep (Agrona's {@code BackoffIdleStrategy}).
 *
 * <p>It does not pay where nothing comes of it, since the thread has to sleep all the same. So it is measured how long the others run, and whether the wait is
 * over at once after that. If nobody ran, that is no merit of the yield: events come that fast. Nor is it, for a single event, if they ran for longer than it
 * takes to be put to sleep and woken: while it stands behind them the thread is not on another processor that may be free. And it harms where the processors
 * belong to threads that go on for ever: there it is paid for with one of their time slices, whatever is found after that, since it comes late. So these are
 * counted by themselves, and no gain makes up for them. Many are borne in a row all the same, since a server's own workers can all be busy for so long for a
 * while: what tells threads that go on for ever is that it does not end. Where it does not pay or harms, the thread goes to sleep without for so many times,
 * more and more as long as that lasts. For the thread that runs the collector.
 */
final class Yielding {
    private static final boolean ENABLED = !"false".equals(System.getProperty("io.kevent.yield"));

    /** Longer than a thread runs that soon waits for something itself, shorter than a time slice. */
    static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Longer than a yield takes that comes back at once, shorter than two changes of threads. */
    static final long ALONE_NANOS = TimeUnit.MICROSECONDS.toNanos(2);

    /** What it takes to ask the kernel, for each event that it tells, and less than it takes to sleep. */
    static final long AT_ONCE_NANOS = TimeUnit.MICROSECONDS.toNanos(8);

    /** What it takes to be put to sleep and woken up, at most. */
    static final long SLEEP_NANOS = TimeUnit.MICROSECONDS.toNanos(12);

    /** Not to sleep saves, for each event that is found, some ten times what a yield costs that was in vain, which is the unit. */
    static final int GAIN = 10;

    /** How many may be in vain before it stops; fewer after a rest, as one that pays then may be chance. */
    static final int VAIN_BORNE = 160;

    static final int VAIN_BORNE_AFTER_REST = 80;

    /** How many times it goes without at most where they are in vain: little is lost by one. */
    static final int LAST_REST_OF_VAIN = 4096;

    /** How many must not be long for each that is. */
    static final int SHORT_FOR_LONG = 20;

    /** How many may be long in a row before it stops; fewer after a rest, as where they were all long they most likely still are. */
    static final int LONG_BORNE = 32;

    static final int LONG_BORNE_AFTER_REST = 4;

    /** How many times it goes without at most where they are long: seconds under load, beside which the few time slices that are lost between do no harm. */
    static final int LAST_REST_OF_LONG = 65_536;

    static final int FIRST_REST = 16;

    private final Counter yields;
    private final LongSupplier clock;
    private final Runnable others;

    private final Credit benefit = new Credit(VAIN_BORNE, VAIN_BORNE_AFTER_REST, LAST_REST_OF_VAIN);
    private final Credit patience = new Credit(LONG_BORNE * SHORT_FOR_LONG, LONG_BORNE_AFTER_REST * SHORT_FOR_LONG, LAST_REST_OF_LONG);

    /** How many times the thread goes to sleep without. */
    private int rest;

    private boolean gaveWay;
    private long othersRan;
    private long waitBegun;

    Yielding(Counter yields) {
        this(yields, System::nanoTime, Thread::yield);
    }

    /** With a clock of nanoseconds, and with what lets the others run. */
    Yielding(Counter yields, LongSupplier clock, Runnable others) {
        this.yields = yields;
        this.clock = clock;
        this.others = others;
    }

    /** Whether the current thread may yield at all: a virtual thread would go to the end of a queue of tasks. */
    static boolean isPossible() {
        return ENABLED && !VirtualThreads.isVirtual(Thread.currentThread());
    }

    /** Lets others run before a wait, unless that did not pay lately. Returns for how many nanoseconds; 0 if it did not. */
    long giveWay() {
        if (rest > 0) {
            rest--;
            return 0;
        }
        yields.add(1);
        long begun = clock.getAsLong();
        others.run();
        waitBegun = clock.getAsLong();
        gaveWay = true;
        othersRan = waitBegun - begun;
        if (othersRan >= LONG_NANOS) {
            patience.pay(SHORT_FOR_LONG);
        } else {
            patience.earn(1);
        }
        return othersRan;
    }

    /** The wait is over, and so many events were found. */
    void waited(int found) {
        if (!gaveWay) {
            return;
        }
        gaveWay = false;
        if (othersRan >= LONG_NANOS) {
            // paid for when they had run; what was found since came late
            return;
        }
        boolean paysIfAtOnce = othersRan >= ALONE_NANOS && (found > 1 || othersRan < SLEEP_NANOS);
        int events = Math.max(found, 1);
        if (paysIfAtOnce && clock.getAsLong() - waitBegun < AT_ONCE_NANOS * events) {
            benefit.earn(GAIN * events);
        } else {
            benefit.pay(1);
        }
    }

    /** What has been earned and not been paid for since. Once that is used up, there is a rest. */
    private final class Credit {
        private final int full;
        private final int afterRest;
        private final int lastRest;
        private int left;
        private int nextRest = FIRST_REST;

        Credit(int full, int afterRest, int lastRest) {
            this.full = full;
            this.afterRest = afterRest;
            this.lastRest = lastRest;
            this.left = full;
        }

        void earn(int amount) {
            left = Math.min(left + amount, full);
            if (left == full) {
                nextRest = FIRST_REST;
            }
        }

        void pay(int price) {
            left -= price;
            if (left < 0) {
                left = afterRest;
                rest = nextRest;
                nextRest = Math.min(nextRest * 2, lastRest);
            }
        }
    }
}
