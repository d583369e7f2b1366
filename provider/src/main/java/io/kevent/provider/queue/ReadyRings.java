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

    /** A bit for each ring that holds something. */
    private int occupied;

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
            int priority = knote.priority();
            rings[priority].add(knote);
            occupied |= 1 << priority;
            size++;
        }
    }

    /** Takes out a knote, if it is there. */
    void remove(ReadyKnote knote) {
        if (knote.ring != null) {
            int priority = knote.priority();
            rings[priority].remove(knote);
            size--;
            if (rings[priority].isEmpty()) {
                occupied &= ~(1 << priority);
                passedOver[priority] = 0;
            }
        }
    }

    /** Takes out the knote to serve next; null if there is none. */
    ReadyKnote take() {
        if (size == 0) {
            return null;
        }
        int chosen = due();
        for (int lower = occupied & (1 << chosen) - 1; lower != 0; lower &= lower - 1) {
            passedOver[Integer.numberOfTrailingZeros(lower)]++;
        }
        passedOver[chosen] = 0;
        ReadyKnote knote = rings[chosen].first();
        remove(knote);
        return knote;
    }

    private int due() {
        for (int left = occupied; left != 0; left &= ~Integer.highestOneBit(left)) {
            int ring = highest(left);
            if (passedOver[ring] >= BOUND) {
                return ring;
            }
        }
        return highest(occupied);
    }

    private static int highest(int rings) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(rings);
    }
}
