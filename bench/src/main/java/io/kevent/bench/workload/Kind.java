// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.nio.channels.Selector;
import java.util.function.IntFunction;

/**
 * The workloads, by the names that JVMs of their own get to know them by. Each takes one number.
 */
public enum Kind {
    /** The number: keys ready, times 100,000, plus keys registered. By {@code select()} and the set of selected keys. */
    READY(size -> new ReadyWorkload(size / Kind.SCALE, size % Kind.SCALE, ReadyWorkload.Form.SELECTED_KEYS)),
    /** The same, by {@code select(Consumer)}. */
    READY_ACTION(size -> new ReadyWorkload(size / Kind.SCALE, size % Kind.SCALE, ReadyWorkload.Form.ACTION)),
    /** The same, on a queue. */
    READY_QUEUE(size -> new QueueReadyWorkload(size / Kind.SCALE, size % Kind.SCALE)),
    /** As READY. */
    READY_LIMIT(size -> new BareReadyWorkload(size / Kind.SCALE, size % Kind.SCALE)),
    /** The number: other connections. */
    CHURN(others -> new ChurnWorkload(others, Selector::open)),
    /** The number: other connections. */
    CHURN_LIMIT(others -> new ChurnWorkload(others, BareSelector::new)),
    /** The number: connections. */
    REGISTER(size -> new RegisterWorkload(size, Selector::open)),
    /** The number: connections. */
    REGISTER_LIMIT(size -> new RegisterWorkload(size, BareSelector::new)),
    /** The number: keys. */
    INTEREST_WITHIN_TURN(size -> new InterestWorkload(size, false)),
    /** The number: words. */
    INTEREST_WITHIN_TURN_LIMIT(BareInterestWorkload::new),
    /** The number: keys. */
    INTEREST_SELECT_BETWEEN(size -> new InterestWorkload(size, true)),
    /** The number: 1. */
    INTEREST_OTHER_THREAD(size -> new OtherThreadWorkload()),
    /** The number: requests per turn. */
    INTEREST_REQUEST(RequestWorkload::new),
    /** The number: selectors, one after the other. */
    WAKEUP_BUSY(size -> new BusyWakeupWorkload(size)),
    /** The number: words. */
    WAKEUP_BUSY_LIMIT(BareWakeupWorkload::new),
    /** The number: 1. */
    WAKEUP_BUSY_SELECT(size -> new WakeupSelectWorkload()),
    /** The number: 1. */
    WAKEUP_BLOCKED(size -> new PingPongWorkload()),
    /** The number: 1. */
    WAKEUP_BLOCKED_LIMIT(size -> new BarePingPongWorkload()),
    /** The number: 1. */
    WAKEUP_STORM(size -> new StormWorkload());

    /** What the first of two numbers is multiplied by. */
    public static final int SCALE = 100_000;

    private final IntFunction<Workload> maker;

    Kind(IntFunction<Workload> maker) {
        this.maker = maker;
    }

    /**
     * Makes one.
     *
     * @param size the number
     * @return the workload, not opened yet
     */
    public Workload make(int size) {
        return maker.apply(size);
    }
}
