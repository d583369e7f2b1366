// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

/**
 * What an owner waits for, and what a report makes of it: the meaning of one-shot and dispatch stands here and in {@link Interest}, once for all kinds of
 * sources. One word, which any thread changes by compare-and-set. An interface, since a {@link Knote} has another superclass.
 */
public interface InterestSet {

    /**
     * The word, laid out as {@link Interest} says. Any thread.
     *
     * @return the word
     */
    int word();

    /**
     * Moves the word on, unless somebody else has. Any thread.
     *
     * @param before what it is expected to be
     * @param after what it becomes
     * @return false if it was not as expected
     */
    boolean swapWord(int before, int after);

    /**
     * Lets the collector know, if there is one, that there is something to look at. For who has set the queued bit.
     *
     * @param changes the collector's change list
     */
    void announce(ChangeList changes);

    /**
     * What events mean. Any thread.
     *
     * @param events what was found
     * @param operations any
     * @return those of the operations that the events make ready
     */
    int makesReady(int events, int operations);

    /**
     * The interest set in a word.
     *
     * @param word what {@link #word()} returned
     * @return operations and options
     */
    static int interest(int word) {
        return word & Interest.SET;
    }

    /**
     * The interest set. Any thread.
     *
     * @return operations and options
     */
    default int interest() {
        return interest(word());
    }

    /**
     * Whether something may be reported. Any thread.
     *
     * @return false if it was disabled, by its owner or by dispatch
     */
    default boolean isEnabled() {
        return !Interest.has(word(), Interest.DISABLED);
    }

    /**
     * Whether an event wakes one of several that watch the source this way. Any thread.
     *
     * @return whether the interest set says so, or the knote was made so
     */
    default boolean wakesOne() {
        return Interest.wakesOne(word());
    }

    // ---- changes by the owner

    /**
     * Replaces the interest set, enables it, and lets the collector know if anything changed; unless somebody has moved the word on meanwhile. Any thread.
     *
     * @param before the word as the caller saw it
     * @param interest the new interest set, known to be valid
     * @param changes the collector's change list
     * @return false if the word was no longer as expected; nothing was changed then
     */
    default boolean changeInterest(int before, int interest, ChangeList changes) {
        int after = Interest.changed(before, interest);
        if (after == before) {
            return true;
        }
        int counted = Interest.counted(after);
        if (!move(before, counted, changes)) {
            return false;
        }
        if (counted == after) {
            changes.countBesides();
        }
        return true;
    }

    /**
     * Replaces the interest set, if it is a change that the collector need not know of: the operations go off that the kernel is asked for, or are back as they
     * were. Any thread. What comes back was valid before, so that nothing need be checked first.
     *
     * @param interest the new interest set
     * @return false if it is another change, or somebody has moved the word on meanwhile; nothing was changed then
     */
    default boolean changeQuietly(int interest) {
        int before = word();
        int after = Interest.changedQuietly(before, interest);
        return after != 0 && swapWord(before, Interest.counted(after));
    }

    /**
     * Replaces the interest set and enables it. The owner sees to it that the collector learns of it ({@link Collector#carryOut}), and that no other thread
     * changes it meanwhile.
     *
     * @param interest the new one, known to be valid
     */
    default void setInterest(int interest) {
        int before;
        do {
            before = word();
        } while (!swapWord(before, Interest.changed(before, interest)));
    }

    /**
     * Has the collector look whether something is ready that the kernel has told another one, of those that wake one, which had no use for it. Any thread.
     * An interest that has gone off, or is not to wake one any more, is offered it as well until the collector knows: it may be back by then, and the kernel
     * has not been told.
     *
     * @param changes the collector's change list
     * @return false if the collector knows that nothing is waited for, or this one is told with all others
     */
    default boolean offer(ChangeList changes) {
        for (;;) {
            int before = word();
            if (!Interest.has(before, Interest.QUEUED) && (!Interest.wakesOne(before) || Interest.enabledOperations(before) == 0)) {
                return false;
            }
            if (move(before, Interest.offered(before), changes)) {
                return true;
            }
        }
    }

    /** Disables it, until the interest set is set again. The owner sees to it that the collector learns of it, as with {@link #setInterest}. */
    default void disable() {
        int before;
        do {
            before = word();
        } while (!swapWord(before, Interest.disabled(before)));
    }

    /**
     * Moves the word on, unless somebody else has, and announces the set if the collector has to look at it and does not know yet. Any thread.
     *
     * @param before what it is expected to be
     * @param after what it becomes
     * @param changes the collector's change list
     * @return false if it was not as expected
     */
    default boolean move(int before, int after, ChangeList changes) {
        if (!swapWord(before, after)) {
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
    default int deliver(int events, ChangeList changes) {
        for (;;) {
            int before = word();
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
    default int operationsReady(int events) {
        return makesReady(events, Interest.enabledOperations(word()));
    }
}
