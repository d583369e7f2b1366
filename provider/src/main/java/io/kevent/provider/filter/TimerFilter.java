// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventKind;
import io.kevent.TimerKnote;
import io.kevent.provider.queue.Clockwork;
import io.kevent.provider.queue.Dispatcher;
import io.kevent.provider.queue.QueueBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Timers, by the clock that counts on and by the wall clock. They run out when a thread of the queue looks: the one that watches the kernel waits no longer
 * than until the next is due.
 */
public final class TimerFilter implements Filter, Clockwork {
    /** Whoever sets the wall clock is noticed after this time. */
    private static final long WALL_CLOCK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** As good as for ever, and far enough from what a long holds. */
    private static final long LONGEST = Long.MAX_VALUE / 4;
    private static final Duration LONGEST_DELAY = Duration.ofNanos(LONGEST);

    /** From 1896 to 2189: less far from one another than a long holds, and the present is not near to either. */
    private static final Instant EARLIEST = Instant.EPOCH.minusNanos(LONGEST);
    private static final Instant LATEST = Instant.EPOCH.plusNanos(3 * LONGEST);

    private final Dispatcher dispatcher;

    // ---- guarded by the dispatcher's lock

    private final TimerHeap counting;
    private final TimerHeap wall;

    /**
     * Makes the filter of a queue.
     *
     * @param dispatcher the queue's
     */
    public TimerFilter(Dispatcher dispatcher) {
        this(dispatcher, System::nanoTime, () -> nanosOf(Instant.now()));
    }

    /** For tests, which have clocks of their own. */
    TimerFilter(Dispatcher dispatcher, LongSupplier counting, LongSupplier wall) {
        this.dispatcher = dispatcher;
        this.counting = new TimerHeap(counting);
        this.wall = new TimerHeap(wall);
    }

    /**
     * Registers a timer; see {@link io.kevent.KeventQueue#timer(Duration, Duration, int, Object)}.
     *
     * @param delay how long from now
     * @param period from one expiration to the next, or null
     * @param flags options, disabled or not, priority
     * @param attachment the attachment, or null
     * @return the knote
     */
    public TimerKnote register(Duration delay, Duration period, int flags, Object attachment) {
        long first = nanosOf(delay);
        return started(new Source(Terms.of(flags, attachment)), counting, counting.now() + first, first, periodOf(period));
    }

    /**
     * Registers a timer by the wall clock; see {@link io.kevent.KeventQueue#timer(Instant, Duration, int, Object)}.
     *
     * @param time when
     * @param period from one expiration to the next, or null
     * @param flags options, disabled or not, priority
     * @param attachment the attachment, or null
     * @return the knote
     */
    public TimerKnote register(Instant time, Duration period, int flags, Object attachment) {
        return started(new Source(Terms.of(flags, attachment)), wall, nanosOf(time), 0, periodOf(period));
    }

    private TimerKnote started(Source source, TimerHeap clock, long due, long delay, long period) {
        dispatcher.lock();
        try {
            dispatcher.requireOpen();
            source.setTimeLocked(clock, due, delay, period);
        } finally {
            dispatcher.unlock();
        }
        return source;
    }

    // ---- the clocks

    @Override
    public long nanosToNext() {
        long nanos = nanosToNext(counting);
        return wall.first() == null ? nanos : Math.min(nanos, Math.min(nanosToNext(wall), WALL_CLOCK_NANOS));
    }

    private static long nanosToNext(TimerHeap heap) {
        TimerHeap.Entry first = heap.first();
        return first == null ? NEVER : first.due() - heap.now();
    }

    @Override
    public void run() {
        run(counting);
        run(wall);
    }

    private static void run(TimerHeap heap) {
        TimerHeap.Entry first = heap.first();
        if (first == null) {
            return;
        }
        long now = heap.now();
        while (first != null && first.due() - now <= 0) {
            ((Entry) first).source.runOutLocked(now);
            first = heap.first();
        }
    }

    @Override
    public void close() {
        dispatcher.lock();
        try {
            delete(counting);
            delete(wall);
        } finally {
            dispatcher.unlock();
        }
    }

    private static void delete(TimerHeap heap) {
        for (TimerHeap.Entry first = heap.first(); first != null; first = heap.first()) {
            ((Entry) first).source.endLocked();
        }
    }

    /** Nanoseconds since the epoch; of times before the earliest and after the latest, of those. */
    static long nanosOf(Instant time) {
        Instant bounded = time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
        return bounded.getEpochSecond() * 1_000_000_000 + bounded.getNano();
    }

    private static long nanosOf(Duration delay) {
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST : delay.isNegative() ? 0 : delay.toNanos();
    }

    private static long periodOf(Duration period) {
        if (period == null) {
            return 0;
        }
        if (period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("period " + period + ": it must be positive, or null for a timer that runs out once");
        }
        return nanosOf(period);
    }

    /** The place of a knote in a heap. */
    private static final class Entry extends TimerHeap.Entry {
        final Source source;

        Entry(Source source) {
            this.source = source;
        }
    }

    private final class Source extends OccurrenceKnote implements TimerKnote {

        // ---- guarded by the dispatcher's lock

        private final Entry entry = new Entry(this);
        private TimerHeap clock = counting;

        /** From the setting to the first expiration, where that is told by a delay. */
        private long delay;
        /** From one expiration to the next; 0 if there is one only. */
        private long period;
        /** Whether one-shot has stopped it, to be started again when it is armed. */
        private boolean stoppedByOneshot;

        Source(Terms terms) {
            super(TimerFilter.this.dispatcher, EventKind.TIMER, terms);
        }

        @Override
        public TimerKnote set(Duration delay, Duration period) {
            long first = nanosOf(delay);
            return set(counting, counting.now() + first, first, periodOf(period));
        }

        @Override
        public TimerKnote set(Instant time, Duration period) {
            return set(wall, nanosOf(time), 0, periodOf(period));
        }

        private TimerKnote set(TimerHeap heap, long due, long first, long every) {
            lockValid();
            try {
                setTimeLocked(heap, due, first, every);
            } finally {
                dispatcher().unlock();
            }
            return this;
        }

        private void setTimeLocked(TimerHeap heap, long due, long first, long every) {
            clock = heap;
            delay = first;
            period = every;
            startLocked(due);
            dropAllLocked();
        }

        private void startLocked(long due) {
            stoppedByOneshot = false;
            clock.start(entry, due);
            long nanos = due - clock.now();
            dispatcher().hurryLocked(clock == wall ? Math.min(nanos, WALL_CLOCK_NANOS) : nanos);
        }

        @Override
        public TimerKnote stop() {
            lockValid();
            try {
                stoppedByOneshot = false;
                entry.stop();
                dropAllLocked();
            } finally {
                dispatcher().unlock();
            }
            return this;
        }

        /** Also what is in batches, and may come back from there. */
        private void dropAllLocked() {
            order++;
            dropLocked();
        }

        @Override
        protected boolean takeBackLocked(QueueBatch batch, int index) {
            return batch.rawAt(index) == order && super.takeBackLocked(batch, index);
        }

        /** It is due: counts how often the time has come. */
        void runOutLocked(long now) {
            long times = 1;
            if (period == 0) {
                entry.stop();
            } else {
                times += (now - entry.due()) / period;
                clock.start(entry, entry.due() + times * period);
            }
            number += times;
            occurredLocked();
        }

        void endLocked() {
            deleteLocked();
        }

        @Override
        protected void tellLocked(QueueBatch batch) {
            super.tellLocked(batch);
            if (isDisarmedLocked()) {
                entry.stop();
                stoppedByOneshot = true;
            }
        }

        /** Armed anew after one-shot, it runs anew, by what it was set to. */
        @Override
        protected void interestChangedLocked(int gone) {
            if (stoppedByOneshot && !isDisarmedLocked()) {
                startLocked(clock.now() + (period != 0 ? period : delay));
            }
        }

        @Override
        protected void detachLocked() {
            entry.stop();
        }

        @Override
        protected String label() {
            return (clock == wall ? "wall clock" : "timer") + (period == 0 ? "" : " every " + Duration.ofNanos(period));
        }
    }
}
