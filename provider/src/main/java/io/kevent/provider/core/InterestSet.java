// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What an owner waits for, and what a report makes of it: the meaning of one-shot and dispatch stands here and in {@link Interest}, once for all kinds of
 * sources. One word, which any thread changes by compare-and-set.
 */
public abstract class InterestSet {
    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(InterestSet.class, "word", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Layout: {@link Interest}. */
    private volatile int word;

    /** An empty set, which is wake-one if that is asked for, whatever is set later. */
    InterestSet(boolean wakesOne) {
        if (wakesOne) {
            word = Interest.WAKES_ONE;
        }
    }

    /** Lets the collector know, if there is one, that there is something to look at. */
    abstract void announce(ChangeList changes);

    /** The operations of the given ones that events make ready. */
    abstract int makesReady(int events, int operations);

    /**
     * The interest set. Any thread.
     *
     * @return operations and options
     */
    public final int interest() {
        return word & Interest.SET;
    }

    /**
     * Whether something may be reported. Any thread.
     *
     * @return false if it was disabled, by its owner or by dispatch
     */
    public final boolean isEnabled() {
        return !Interest.has(word, Interest.DISABLED);
    }

    /**
     * Whether an event wakes one of several that watch the source this way. Any thread.
     *
     * @return whether the interest set says so, or the knote was made so
     */
    public final boolean wakesOne() {
        return Interest.wakesOne(word);
    }

    // ---- changes by the owner

    /**
     * Replaces the interest set, enables it, and lets the collector know if anything changed. Any thread.
     *
     * @param expected the interest set as the caller saw it
     * @param interest the new one, known to be valid
     * @param changes the collector's change list
     * @return false if the interest set was no longer as expected; nothing was changed then
     */
    public final boolean changeInterest(int expected, int interest, ChangeList changes) {
        for (;;) {
            int before = word;
            if ((before & Interest.SET) != expected) {
                return false;
            }
            int after = Interest.changed(before, interest);
            if (after == before) {
                return true;
            }
            if (move(before, after, changes)) {
                changes.countAsked();
                return true;
            }
        }
    }

    /**
     * Replaces the interest set and enables it. The owner sees to it that the collector learns of it ({@link Collector#carryOut}), and that no other thread
     * changes it meanwhile.
     *
     * @param interest the new one, known to be valid
     */
    public final void setInterest(int interest) {
        int before;
        do {
            before = word;
        } while (!WORD.compareAndSet(this, before, Interest.changed(before, interest)));
    }

    /** Disables it, until the interest set is set again. The owner sees to it that the collector learns of it, as with {@link #setInterest}. */
    public final void disable() {
        int before;
        do {
            before = word;
        } while (!WORD.compareAndSet(this, before, Interest.disabled(before)));
    }

    /** Moves the word on, unless somebody else has, and announces the knote if the collector has to look at it and does not know yet. */
    private boolean move(int before, int after, ChangeList changes) {
        if (!WORD.compareAndSet(this, before, after)) {
            return false;
        }
        if (Interest.has(after, Interest.QUEUED) && !Interest.has(before, Interest.QUEUED)) {
            announce(changes);
        }
        return true;
    }

    // ---- reports

    /**
     * Gives the operations to report for the given events, and applies one-shot or dispatch to the very interest set that they are reported for: one
     * that the owner sets meanwhile stays armed, or is the one that is reported.
     *
     * @param events what was found
     * @param changes the collector's change list; not used for sources that no kernel watches
     * @return operations of the interest set; 0 if none is ready
     */
    public final int deliver(int events, ChangeList changes) {
        for (;;) {
            int before = word;
            int operations = makesReady(events, Interest.enabledOperations(before));
            int after = operations == 0 ? before : Interest.reported(before);
            if (after == before || move(before, after, changes)) {
                return operations;
            }
        }
    }

    /**
     * The operations that the given events make ready, of those that are in the interest set now.
     *
     * @param events what was found
     * @return operations; 0 if none is, or it is disabled
     */
    public final int operationsReady(int events) {
        return makesReady(events, Interest.enabledOperations(word));
    }

    /** What was found waits for its report: until then there is nothing more to find. */
    final void park(ChangeList changes) {
        int before;
        do {
            before = word;
        } while (!move(before, before | Interest.PARKED | Interest.QUEUED, changes));
    }

    /**
     * What was found waits no longer to be reported: there may be more to find.
     *
     * @param changes the collector's change list
     */
    public final void unpark(ChangeList changes) {
        int before;
        do {
            before = word;
        } while (Interest.has(before, Interest.PARKED) && !move(before, Interest.unparked(before), changes));
    }

    /**
     * The same as {@link #deliver}, for what was parked. It stays parked unless one-shot or dispatch sees to it that nothing is found.
     *
     * @param events what was found
     * @param changes the collector's change list
     * @return operations of the interest set; 0 if none is ready by now
     */
    public final int deliverParked(int events, ChangeList changes) {
        for (;;) {
            int before = word;
            int operations = makesReady(events, Interest.parkedOperations(before));
            int reported = operations == 0 ? before : Interest.reported(before);
            int after = reported == before ? before : Interest.unparked(reported);
            if (after == before || move(before, after, changes)) {
                return operations;
            }
        }
    }

    /**
     * Whether something that was found waits to be reported, or was reported and nothing more is to be found yet.
     *
     * @return whether it is parked
     */
    public final boolean isParked() {
        return Interest.has(word, Interest.PARKED);
    }

    /**
     * The operations that the given events make ready, of those that would be waited for if nothing was found already.
     *
     * @param events what was found
     * @return operations; 0 if none is, or it is disabled
     */
    public final int operationsParked(int events) {
        return makesReady(events, Interest.parkedOperations(word));
    }

    // ---- for the collector

    /**
     * Takes note of the interest: from here on a change queues the knote anew, unless it is in the list still. Returns the word with what was turned on.
     */
    final int noteInterest(boolean listed) {
        for (;;) {
            int before = word;
            if (WORD.compareAndSet(this, before, Interest.noted(before) | (listed ? Interest.QUEUED : 0))) {
                return before;
            }
        }
    }

    /** Puts the knote back on the change list with what was noted: it could not be carried out. */
    final void requeue(int noted, ChangeList changes) {
        int before;
        do {
            before = word;
        } while (!move(before, Interest.requeued(before, noted), changes));
    }

    /** Whether a change of the interest waits for the collector. */
    final boolean isQueued() {
        return Interest.has(word, Interest.QUEUED);
    }
}
