// SPDX-License-Identifier: Apache-2.0
package io.kevent;

import java.time.Duration;
import java.time.Instant;

/**
 * A {@link Knote} that watches the clock. Its event tells in {@link EventBatch#data()} how often the time has come since the event before: more than once
 * where a periodic timer was not delivered for longer than its period.
 *
 * <p>A timer is never early. It is late by up to a millisecond, and by however long all threads of the queue, or as many as may, are at work. Setting a timer,
 * also one that runs, drops the expirations that were not delivered. A timer that has run out can be set again.
 */
public interface TimerKnote extends Knote {

    /**
     * Lets the timer run out once.
     *
     * @param delay how long from now; zero or less is at once
     * @return this knote
     * @throws DeletedKnoteException if the knote is deleted
     */
    default TimerKnote set(Duration delay) {
        return set(delay, null);
    }

    /**
     * Lets the timer run out after a delay, and then with each period.
     *
     * @param delay how long from now to the first expiration; zero or less is at once
     * @param period from one expiration to the next, counted from when each is due; null for once
     * @return this knote
     * @throws IllegalArgumentException if the period is not positive
     * @throws DeletedKnoteException if the knote is deleted
     */
    TimerKnote set(Duration delay, Duration period);

    /**
     * Lets the timer run out at a time of the wall clock, and follows it when it is set: a jump of the clock is noticed within a second.
     *
     * @param time when; a time that is past is now
     * @param period from one expiration to the next, counted from when each is due; null for once
     * @return this knote
     * @throws IllegalArgumentException if the period is not positive
     * @throws DeletedKnoteException if the knote is deleted
     */
    TimerKnote set(Instant time, Duration period);

    /**
     * Stops the timer, and drops the expirations that were not delivered. It can be set again.
     *
     * @return this knote
     * @throws DeletedKnoteException if the knote is deleted
     */
    TimerKnote stop();
}
