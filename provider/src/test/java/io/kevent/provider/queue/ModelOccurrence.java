// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.Knote;
import io.kevent.TimerKnote;
import io.kevent.UserKnote;
import java.time.Duration;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A user event or a timer: what occurs is merged until it is told. */
abstract class ModelOccurrence extends ModelKnote {
    boolean armed = true;
    boolean occurred;
    long number;

    ModelOccurrence(Knote knote, int interest, boolean enabled) {
        super(knote, interest, enabled);
    }

    @Override
    final boolean isArmed() {
        return armed;
    }

    @Override
    final boolean hasNews() {
        return occurred && enabled && armed;
    }

    /** Enabling leaves a knote disarmed, an interest set arms it. */
    final void arm(int ops) {
        armed = true;
        set(ops, true);
    }

    @Override
    final boolean tell(QueueBatch batch, int at, boolean exact) {
        boolean news = hasNews() || returned;
        assertEquals(news ? number : 0, batch.dataAt(at), "number");
        if (!news) {
            return false;
        }
        boolean applies = enabled && armed;
        occurred = false;
        number = 0;
        return applies;
    }

    @Override
    void disarm() {
        armed = false;
    }

    @Override
    void undo(int deliveredFor) {
        if (!armed) {
            armed = true;
            interest = deliveredFor;
        }
        enabled = !keptBack;
    }

    /** The value of the last trigger stands. */
    static final class User extends ModelOccurrence {
        private long triggers;
        private long last;

        User(UserKnote knote, int interest, boolean enabled) {
            super(knote, interest, enabled);
        }

        void trigger(long value) {
            ((UserKnote) knote).trigger(value);
            occurred = true;
            number = value;
            last = ++triggers;
        }

        @Override
        long order() {
            // one that is told because it is forced has no value
            return hasNews() || returned ? last : 0;
        }

        @Override
        boolean takeBack(Event event) {
            if (event.order == 0) {
                return false;
            }
            if (!occurred || event.order > last) {
                number = event.data;
                last = event.order;
            }
            occurred = true;
            return true;
        }
    }

    /** Expirations are counted; setting and stopping drop them. */
    static final class Timer extends ModelOccurrence {
        private boolean running;
        private long due;
        private long delay;
        private long period;
        private boolean stoppedByOneshot;
        private boolean told;
        private long now;
        private long settings = 1;

        Timer(TimerKnote knote, int interest, boolean enabled, long delay, long period, long now) {
            super(knote, interest, enabled);
            this.now = now;
            started(delay, period);
        }

        private void started(long delay, long period) {
            this.delay = delay;
            this.period = period;
            start(delay);
        }

        private void start(long delay) {
            stoppedByOneshot = false;
            running = true;
            due = now + delay;
        }

        void start(long delay, long period) {
            ((TimerKnote) knote).set(Duration.ofNanos(delay), period == 0 ? null : Duration.ofNanos(period));
            started(delay, period);
            drop();
        }

        void stop() {
            ((TimerKnote) knote).stop();
            stoppedByOneshot = false;
            running = false;
            drop();
        }

        private void drop() {
            settings++;
            occurred = false;
            number = 0;
            dropReturned();
        }

        void timeIs(long time) {
            now = time;
        }

        void run() {
            if (running && !deleted && due <= now) {
                long times = period == 0 ? 1 : 1 + (now - due) / period;
                due += times * period;
                running = period != 0;
                number += times;
                occurred = true;
            }
        }

        @Override
        void changed() {
            if (stoppedByOneshot && armed) {
                start(period != 0 ? period : delay);
            }
        }

        @Override
        void disarm() {
            super.disarm();
            told = true;
        }

        @Override
        void told() {
            if (told || !armed && returned) {
                running = false;
                stoppedByOneshot = true;
            }
            told = false;
        }

        @Override
        long order() {
            // one that is told because it is forced is no expiration
            return hasNews() || returned ? settings : 0;
        }

        @Override
        boolean takeBack(Event event) {
            if (event.order != settings) {
                return false;
            }
            occurred = true;
            number += event.data;
            return true;
        }
    }
}
