// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.KeventOps;
import java.nio.channels.SelectionKey;

/**
 * The layout of a knote's interest word.
 *
 * <table>
 * <caption>Bits</caption>
 * <tr><th>bits</th><th>meaning</th><th>set by</th><th>cleared by</th></tr>
 * <tr><td>0-4</td><td>operations of the interest set</td><td>owner</td><td>owner; collector (one-shot)</td></tr>
 * <tr><td>5</td><td>quiet: the kernel is asked for just what the collector saw last, again and again; if that goes off, the collector need not know before
 * the kernel tells something, and not at all if it is back by then</td><td>collector</td><td>owner, collector</td></tr>
 * <tr><td>6</td><td>offered: what it waits for may be ready though the kernel has told it another one, of those that wake one</td><td>the other one</td>
 * <td>collector</td></tr>
 * <tr><td>8-12</td><td>operations turned on since the collector last looked; while quiet, those that have gone off since</td><td>owner</td>
 * <td>owner, collector</td></tr>
 * <tr><td>13-23</td><td>how many changes the owner has made since the collector last looked</td><td>owner</td><td>collector</td></tr>
 * <tr><td>24-27</td><td>options of the interest set</td><td>owner</td><td>owner; collector (one-shot)</td></tr>
 * <tr><td>28</td><td>disabled: delivered under dispatch, or by its owner's wish</td><td>collector, owner</td><td>owner</td></tr>
 * <tr><td>29</td><td>queued: the knote is on the change list, or about to be</td><td>owner, collector</td><td>collector</td></tr>
 * <tr><td>30</td><td>wakes one, whether or not the interest set says so</td><td>when made</td><td>never</td></tr>
 * <tr><td>31</td><td>parked: found ready, and waiting to be reported</td><td>collector</td><td>collector</td></tr>
 * </table>
 *
 * <p>The owner moves a quiet word between what the collector saw last and nothing, without the collector. Whatever else the owner sets ends the quiet and
 * queues the knote; what the kernel tells ends it too ({@link Knote#noteQuiet}), and queues nothing.
 */
final class Interest {
    /** The one operation of a source that has none of {@link SelectionKey}'s. */
    static final int OCCURRED = 1 << 1;
    static final int OPERATIONS = SelectionKey.OP_READ | OCCURRED | SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT | SelectionKey.OP_ACCEPT;
    static final int SET = OPERATIONS | KeventOps.OPTIONS;
    static final int QUIET = 1 << 5;
    static final int OFFERED = 1 << 6;
    static final int DISABLED = 1 << 28;
    static final int QUEUED = 1 << 29;
    static final int WAKES_ONE = 1 << 30;
    static final int PARKED = 1 << 31;

    private static final int TURNED_ON_SHIFT = 8;
    private static final int TURNED_ON = OPERATIONS << TURNED_ON_SHIFT;

    private static final int ASKED_SHIFT = 13;
    private static final int ASKED = 0x7ff << ASKED_SHIFT;

    private Interest() { }

    /** The word after the owner has set the interest; the same word if there is nothing that the collector has to know. */
    static int changed(int word, int interest) {
        int before = word & SET;
        boolean wasDisabled = has(word, DISABLED);
        if (before == interest && !wasDisabled) {
            return word;
        }
        int quietly = changedQuietly(word, interest);
        if (quietly != 0) {
            return quietly;
        }
        int on = interest & OPERATIONS;
        if (!wasDisabled && ((interest & ~before) & KeventOps.OP_EDGE) == 0) {
            // neither the key nor its edge-trigger was off: what was on before is not news
            on &= ~before;
        }
        int onBefore = turnedOn(word) & interest;
        return word & (WAKES_ONE | PARKED | ASKED | OFFERED) | (onBefore | on) << TURNED_ON_SHIFT | interest | QUEUED;
    }

    /**
     * The same, if it is a change that the collector need not know of: a quiet knote's interest goes off, or is back as it was. 0 if it is not. Such a change
     * needs no other check either: nothing is turned on that was not on before.
     */
    static int changedQuietly(int word, int interest) {
        if (!has(word, QUIET) || isCountFull(word)) {
            return 0;
        }
        int before = word & SET;
        if (before == 0) {
            return interest == wentOff(word) ? word & ~TURNED_ON | interest : 0;
        }
        return interest == 0 ? word & ~OPERATIONS | before << TURNED_ON_SHIFT : 0;
    }

    /** The word after the owner has disabled it. */
    static int disabled(int word) {
        return (word & DISABLED) != 0 ? word : word & ~(TURNED_ON | QUIET) | DISABLED | QUEUED;
    }

    /** The word of a knote that wakes one, and so is never quiet, after another one of them had no use for what the kernel told it. */
    static int offered(int word) {
        return word | OFFERED | QUEUED;
    }

    /** The word after the collector has taken note of it. */
    static int noted(int word) {
        return word & ~(QUEUED | TURNED_ON | ASKED | QUIET | OFFERED);
    }

    /** The same, if the kernel will go on to tell just these operations, again and again: from here on they go off quietly. */
    static int notedQuietly(int word) {
        boolean plain = (word & ~(OPERATIONS | QUIET | TURNED_ON | ASKED | QUEUED)) == 0;
        return noted(word) | (plain && (word & OPERATIONS) != 0 ? QUIET : 0);
    }

    /** The word after the collector could not carry out what it had noted. */
    static int requeued(int word, int noted) {
        return word & ~(QUIET | TURNED_ON) | noted & OFFERED | (turnedOn(word) | turnedOn(noted)) << TURNED_ON_SHIFT | QUEUED;
    }

    /** The word after a report: emptied by one-shot, disabled by dispatch, and then for the collector to look at. */
    static int reported(int word) {
        if ((word & KeventOps.OP_ONESHOT) != 0) {
            return word & ~(SET | TURNED_ON) | QUEUED;
        }
        if ((word & KeventOps.OP_DISPATCH) != 0) {
            return word & ~TURNED_ON | DISABLED | QUEUED;
        }
        return word;
    }

    /** The operations that may be found: none while disabled, or while what was found waits to be reported. */
    static int enabledOperations(int word) {
        return (word & (DISABLED | PARKED)) != 0 ? 0 : word & OPERATIONS;
    }

    /** The operations that may be reported of what was found. */
    static int parkedOperations(int word) {
        return enabledOperations(word & ~PARKED);
    }

    /** The word after what was found waits no longer: more may be found. */
    static int unparked(int word) {
        return word & ~PARKED | QUEUED;
    }

    /** The word after a change by the owner was counted; the same word if there is no more room for that. */
    static int counted(int word) {
        return isCountFull(word) ? word : word + (1 << ASKED_SHIFT);
    }

    static boolean isQuietlyOff(int word) {
        return has(word, QUIET) && (word & SET) == 0;
    }

    /** The collector must look at the knote now and then, be it only for the count. */
    private static boolean isCountFull(int word) {
        return (word & ASKED) == ASKED;
    }

    /** How many changes were counted since the collector last looked. */
    static int asked(int word) {
        return (word & ASKED) >>> ASKED_SHIFT;
    }

    /** Of a quiet word, in which the same bits mean the opposite. */
    private static int wentOff(int word) {
        return word >>> TURNED_ON_SHIFT & OPERATIONS;
    }

    static int turnedOn(int word) {
        return has(word, QUIET) ? 0 : word >>> TURNED_ON_SHIFT & OPERATIONS;
    }

    static boolean wakesOne(int word) {
        return (word & (KeventOps.OP_WAKE_ONE | WAKES_ONE)) != 0;
    }

    static boolean has(int word, int bit) {
        return (word & bit) != 0;
    }
}
