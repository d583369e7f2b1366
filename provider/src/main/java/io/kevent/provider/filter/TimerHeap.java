// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Timers by the time they are due, in a heap of four children a node. Each knows its place, so that one is stopped or changed as cheaply as it is started: some
 * twenty comparisons among a million, and nothing is done for those that are not due. Guarded by the dispatcher's lock.
 */
final class TimerHeap {

    /** What stands in a heap. Belongs to the heap while it does. */
    abstract static class Entry {
        private static final int NOWHERE = -1;

        /** When it is due, in the time of the heap's clock. */
        private long due;
        private int at = NOWHERE;
        private TimerHeap heap;

        final boolean isRunning() {
            return heap != null;
        }

        /** When it is, or was last, due. */
        final long due() {
            return due;
        }

        /** Stops it, if it is running. */
        final void stop() {
            if (heap != null) {
                heap.remove(this);
            }
        }
    }

    private static final int CHILDREN = 4;
    private static final int FIRST_CAPACITY = 16;

    private final LongSupplier clock;
    private Entry[] entries = new Entry[FIRST_CAPACITY];
    private int size;

    /** A heap by a clock of nanoseconds from some origin; times are compared by their distance, which may be half of what a long holds. */
    TimerHeap(LongSupplier clock) {
        this.clock = clock;
    }

    long now() {
        return clock.getAsLong();
    }

    int size() {
        return size;
    }

    /** The one that is due first; null if none is running. */
    Entry first() {
        return entries[0];
    }

    /** Starts a timer, or changes one of this or another heap that is running. */
    void start(Entry entry, long due) {
        if (entry.heap == this) {
            entry.due = due;
            up(down(entry.at));
            return;
        }
        entry.stop();
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        entry.due = due;
        entry.heap = this;
        put(entry, size++);
        up(entry.at);
    }

    private void remove(Entry entry) {
        int at = entry.at;
        Entry last = entries[--size];
        entries[size] = null;
        if (last != entry) {
            put(last, at);
            up(down(at));
        }
        entry.heap = null;
        entry.at = Entry.NOWHERE;
        if (size > FIRST_CAPACITY && size < entries.length / CHILDREN) {
            entries = Arrays.copyOf(entries, entries.length / 2);
        }
    }

    private void put(Entry entry, int at) {
        entries[at] = entry;
        entry.at = at;
    }

    private void up(int from) {
        Entry entry = entries[from];
        int at = from;
        while (at > 0) {
            int parent = (at - 1) / CHILDREN;
            if (!isBefore(entry, entries[parent])) {
                break;
            }
            put(entries[parent], at);
            at = parent;
        }
        put(entry, at);
    }

    /** Returns where the entry has come to stand. */
    private int down(int from) {
        Entry entry = entries[from];
        int at = from;
        for (int child = firstBelow(at); child >= 0 && isBefore(entries[child], entry); child = firstBelow(at)) {
            put(entries[child], at);
            at = child;
        }
        put(entry, at);
        return at;
    }

    /** The child that is due first; negative if there is none. */
    private int firstBelow(int parent) {
        int first = parent * CHILDREN + 1;
        if (first >= size) {
            return -1;
        }
        int end = Math.min(first + CHILDREN, size);
        for (int child = first + 1; child < end; child++) {
            if (isBefore(entries[child], entries[first])) {
                first = child;
            }
        }
        return first;
    }

    private static boolean isBefore(Entry a, Entry b) {
        return a.due - b.due < 0;
    }
}
