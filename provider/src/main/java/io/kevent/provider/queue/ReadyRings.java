// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.Knote;

/**
 * A {@link ReadyRing} for each priority. Those of higher priority are served first, but a ring that was passed over so many times in a row is served next:
 * the lowest is never starved. Guarded by the dispatcher's lock.
 */
final class ReadyRings {
    /** How many events of higher priorities go before one that waits, at most; where several rings are due, the others of those in addition. */
    static final int BOUND = 32;

    private final ReadyRing[] rings = new ReadyRing[Knote.MAX_PRIORITY + 1];
    private final int[] passedOver = new int[Knote.MAX_PRIORITY + 1];
    private int size;

    ReadyRings() {
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new ReadyRing();
        }
    }

    int size() {
        return size;
    }

    /** Adds a knote, unless it is there already. */
    void add(ReadyKnote knote) {
        if (knote.ring == null) {
            rings[knote.priority()].add(knote);
            size++;
        }
    }

    /** Takes out a knote, if it is there. */
    void remove(ReadyKnote knote) {
        if (knote.ring != null) {
            knote.ring.remove(knote);
            size--;
        }
    }

    /** Takes out the knote to serve next; null if there is none. */
    ReadyKnote take() {
        if (size == 0) {
            return null;
        }
        int chosen = due();
        for (int lower = 0; lower < chosen; lower++) {
            passedOver[lower] = rings[lower].isEmpty() ? 0 : passedOver[lower] + 1;
        }
        passedOver[chosen] = 0;
        ReadyKnote knote = rings[chosen].first();
        remove(knote);
        return knote;
    }

    private int due() {
        int highest = -1;
        for (int i = rings.length - 1; i >= 0; i--) {
            if (!rings[i].isEmpty()) {
                if (passedOver[i] >= BOUND) {
                    return i;
                }
                highest = Math.max(highest, i);
            }
        }
        return highest;
    }
}
