// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

/**
 * The knotes of one priority that have something to tell, in the order in which they came to have it. A ring of links that are in the knotes themselves: a
 * knote is in it once at most, it has room for all of them, and one that has nothing to tell any more is taken out of the middle. Guarded by the dispatcher's
 * lock.
 */
final class ReadyRing {
    private ReadyKnote first;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return first == null;
    }

    /** The one that waits longest; null if there is none. */
    ReadyKnote first() {
        return first;
    }

    /** Adds a knote that is in no ring, behind the others. */
    void add(ReadyKnote knote) {
        if (first == null) {
            first = knote;
            knote.ringNext = knote;
            knote.ringBefore = knote;
        } else {
            ReadyKnote last = first.ringBefore;
            knote.ringNext = first;
            knote.ringBefore = last;
            last.ringNext = knote;
            first.ringBefore = knote;
        }
        knote.ring = this;
        size++;
    }

    /** Takes out a knote that is in this ring. */
    void remove(ReadyKnote knote) {
        if (knote.ringNext == knote) {
            first = null;
        } else {
            knote.ringBefore.ringNext = knote.ringNext;
            knote.ringNext.ringBefore = knote.ringBefore;
            if (first == knote) {
                first = knote.ringNext;
            }
        }
        knote.ring = null;
        knote.ringNext = null;
        knote.ringBefore = null;
        size--;
    }
}
