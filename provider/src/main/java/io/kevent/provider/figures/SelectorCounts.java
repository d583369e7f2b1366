// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import io.kevent.provider.core.Tally;
import javax.management.ConstructorParameters;

/**
 * What a selector has done since it was opened. Each count is right for some moment; not all for the same, since the selector goes on meanwhile.
 *
 * @param selects calls of the methods that select
 * @param events keys that those calls reported: the sum of what they returned
 * @param eventsPerSelect the one divided by the other; 0 before the first select
 * @param wakeupsAsked calls that asked for the end of a wait: {@code wakeup()}, interrupts, and changes that cannot wait
 * @param wakeupsEntered those that had to enter the kernel for it
 * @param changesAsked calls that changed an interest set: registrations and cancellations included, those that left it as it was not
 * @param changesMade calls of {@code epoll_ctl}
 * @param waits calls of {@code epoll_wait} that could wait
 * @param polls calls of {@code epoll_wait} that could not: of {@code selectNow()}, or because something was known to be ready
 * @param probes calls of {@code poll}, which ask for the keys whose readiness is in doubt
 * @param yields how often the selecting thread let others run before a wait, by a call of {@code sched_yield}
 * @param waitedNanos the time spent in {@code waits} that are over, in nanoseconds; 0 with {@code -Dio.kevent.timing=false}
 */
public record SelectorCounts(long selects, long events, double eventsPerSelect, long wakeupsAsked, long wakeupsEntered, long changesAsked,
        long changesMade, long waits, long polls, long probes, long yields, long waitedNanos) {

    /**
     * Makes counts.
     *
     * @param selects how many selects
     * @param events how many events
     * @param eventsPerSelect events per select
     * @param wakeupsAsked wake-ups asked for
     * @param wakeupsEntered wake-ups that entered the kernel
     * @param changesAsked changes asked for
     * @param changesMade changes made in the kernel
     * @param waits calls that could wait
     * @param polls calls that could not
     * @param probes calls that asked in doubt
     * @param yields calls that let others run
     * @param waitedNanos nanoseconds waited
     */
    @ConstructorParameters({"selects", "events", "eventsPerSelect", "wakeupsAsked", "wakeupsEntered", "changesAsked", "changesMade",
        "waits", "polls", "probes", "yields", "waitedNanos"})
    public SelectorCounts { }

    static SelectorCounts of(Tally tally) {
        long selects = tally.selects.get();
        long events = tally.events.get();
        return new SelectorCounts(selects, events, selects == 0 ? 0 : (double) events / selects,
                tally.wakeupsAsked(), tally.wakeupsEntered.get(), tally.changesAsked(), tally.changesMade.get(),
                tally.waits.get(), tally.polls.get(), tally.probes.get(), tally.yields.get(), tally.waitedNanos.get());
    }

    // JMX learned to see records in JDK 21; before, it sees these

    /** {@return how many selects} */
    public long getSelects() {
        return selects;
    }

    /** {@return how many events} */
    public long getEvents() {
        return events;
    }

    /** {@return events per select} */
    public double getEventsPerSelect() {
        return eventsPerSelect;
    }

    /** {@return wake-ups asked for} */
    public long getWakeupsAsked() {
        return wakeupsAsked;
    }

    /** {@return wake-ups that entered the kernel} */
    public long getWakeupsEntered() {
        return wakeupsEntered;
    }

    /** {@return changes asked for} */
    public long getChangesAsked() {
        return changesAsked;
    }

    /** {@return changes made in the kernel} */
    public long getChangesMade() {
        return changesMade;
    }

    /** {@return calls that could wait} */
    public long getWaits() {
        return waits;
    }

    /** {@return calls that could not} */
    public long getPolls() {
        return polls;
    }

    /** {@return calls that asked in doubt} */
    public long getProbes() {
        return probes;
    }

    /** {@return calls that let others run} */
    public long getYields() {
        return yields;
    }

    /** {@return nanoseconds waited} */
    public long getWaitedNanos() {
        return waitedNanos;
    }
}
