// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The interest in a source that the kernel does not watch and that has no operations: something occurs, or does not. It waits for that, or was disarmed by
 * one-shot.
 */
public final class OccurrenceSet implements InterestSet {
    /** What occurs: as operation of the interest set, and as event. */
    public static final int OCCURRED = Interest.OCCURRED;

    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(OccurrenceSet.class, "word", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int word;

    /** Makes a set that waits for nothing. */
    public OccurrenceSet() { }

    @Override
    public int word() {
        return word;
    }

    @Override
    public boolean swapWord(int before, int after) {
        return WORD.compareAndSet(this, before, after);
    }

    @Override
    public void announce(ChangeList changes) { }

    @Override
    public int makesReady(int events, int operations) {
        return events & operations;
    }
}
