// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a collector and its owner have done. The counters belong to the thread that runs the collector, {@link #wakeupsEntered} to whoever rings the bell;
 * the adders to any thread.
 */
public final class Tally {
    /** Selects of the owner. */
    public final Counter selects = new Counter();

    /** Events that the owner reported. */
    public final Counter events = new Counter();

    /** Rings of the doorbell; guarded by the {@link Wakeup}. */
    public final Counter wakeupsEntered = new Counter();

    /** Changes of interest sets that the collector has come to know, and knotes forgotten. */
    final Counter changesSeen = new Counter();

    /** Changes that the interest sets had no room to count. */
    final LongAdder changesBesides = new LongAdder();

    /** Calls that changed what the kernel watches. */
    public final Counter changesMade = new Counter();

    /** Collections that could wait. */
    public final Counter waits = new Counter();

    /** Collections that could not. */
    public final Counter polls = new Counter();

    /** Probes. */
    public final Counter probes = new Counter();

    /** How often the thread yielded before a wait. */
    public final Counter yields = new Counter();

    /** Time spent in {@link #waits}, in nanoseconds; 0 with {@code -Dio.kevent.timing=false}. */
    public final Counter waitedNanos = new Counter();

    /** Counts the wake-ups beside its state; set before anybody but the collector knows of the tally. */
    private Wakeup wakeup;

    Tally() { }

    void count(Wakeup counting) {
        wakeup = counting;
    }

    /**
     * What tells by its difference how long the selector has waited at most: the time waited or, where that is not taken, all the time that passes.
     *
     * @return a time, in nanoseconds
     */
    public long waitedAtMost() {
        return TalliedKernel.TIMED ? waitedNanos.get() : System.nanoTime();
    }

    /**
     * Wake-ups and nudges asked for. Any thread.
     *
     * @return how many
     */
    public long wakeupsAsked() {
        return wakeup.asked();
    }

    /**
     * Changes of interest sets that the collector has come to know, and knotes forgotten. Any thread.
     *
     * @return how many
     */
    public long changesAsked() {
        return changesSeen.get() + changesBesides.sum();
    }
}
