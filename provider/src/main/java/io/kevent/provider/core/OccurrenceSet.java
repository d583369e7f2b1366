// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

/**
 * The interest in a source that the kernel does not watch and that has no operations: something occurs, or does not. It waits for that, or was disarmed by
 * one-shot.
 */
public final class OccurrenceSet extends InterestSet {
    /** What occurs: as operation of the interest set, and as event. */
    public static final int OCCURRED = Interest.OCCURRED;

    /** Makes a set that waits for nothing. */
    public OccurrenceSet() {
        super(false);
    }

    @Override
    void announce(ChangeList changes) { }

    @Override
    int makesReady(int events, int operations) {
        return events & operations;
    }
}
