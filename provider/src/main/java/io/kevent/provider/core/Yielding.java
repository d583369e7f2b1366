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
 * <p>It does not pay where nothing comes of it, since the thread has to sleep all the same; and where the processors belong to threads that go on for ever, it
 * is paid for with one of their time slices. So it is measured how long the others run, and whether the wait is over at once after that. If nobody ran, that is
 * no merit of the yield: events come that fast. Nor is it, for a single event, if they ran for longer than it takes to be put to sleep and woken: while it
 * stands behind them the thread is not on another processor that may be free. Where it does not pay, the thread goes to sleep without for so many times, more
 * and more as long as that lasts. For the thread that runs the collector.
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

    /** Not to sleep saves some ten times what a yield costs that was in vain, which is the unit. */
    static final int GAIN = 10;
    static final int PRICE_OF_LONG = 4 * GAIN;
    static final int FULL_CREDIT = 4 * PRICE_OF_LONG;

    static final int FIRST_REST = 16;
    static final int LAST_REST = 4096;

    private final Counter yields;
    private final LongSupplier clock;
    private final Runnable others;

    private int credit = FULL_CREDIT;

    /** How many times the thread goes to sleep without. */
    private int rest;
    private int nextRest = FIRST_REST;

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
        long nanos = waitBegun - begun;
        othersRan = nanos;
        if (nanos >= LONG_NANOS) {
            pay(PRICE_OF_LONG);
        }
        return nanos;
    }

    /** The wait is over, and so many events were found. */
    void waited(int found) {
        if (!gaveWay) {
            return;
        }
        gaveWay = false;
        boolean paysIfAtOnce = othersRan >= ALONE_NANOS && (found > 1 || othersRan < SLEEP_NANOS);
        if (paysIfAtOnce && clock.getAsLong() - waitBegun < AT_ONCE_NANOS * Math.max(found, 1)) {
            gain();
        } else {
            pay(1);
        }
    }

    private void gain() {
        credit = Math.min(credit + GAIN, FULL_CREDIT);
        if (credit == FULL_CREDIT) {
            nextRest = FIRST_REST;
        }
    }

    private void pay(int price) {
        credit -= price;
        if (credit < 0) {
            // one after a rest may be chance
            credit = 2 * PRICE_OF_LONG;
            rest = nextRest;
            nextRest = Math.min(nextRest * 2, LAST_REST);
        }
    }
}
