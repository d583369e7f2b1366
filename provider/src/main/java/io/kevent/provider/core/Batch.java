// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import java.util.Arrays;

/** What one turn found: each knote once, with all its events. */
final class Batch {
    private static final int FIRST_CAPACITY = 64;

    private Knote[] knotes = new Knote[FIRST_CAPACITY];
    private int size;
    private int next;

    boolean isEmpty() {
        return size == 0;
    }

    void add(Knote knote, int events) {
        if (knote.fresh == 0) {
            if (size == knotes.length) {
                knotes = Arrays.copyOf(knotes, size * 2);
            }
            knotes[size++] = knote;
        }
        knote.fresh |= events;
    }

    /** The next knote, or null when all are taken; its events are in {@link Knote#fresh} until the caller clears them. */
    Knote take() {
        if (next == size) {
            next = 0;
            size = 0;
            return null;
        }
        Knote knote = knotes[next];
        knotes[next++] = null;
        return knote;
    }
}
