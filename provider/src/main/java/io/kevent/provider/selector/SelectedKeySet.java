// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import java.nio.channels.SelectionKey;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/**
 * The selected-key set: removable, not growable by the application. An array in which each key knows its place, so that adding, removing and clearing
 * allocate nothing. Not safe for use by several threads, as specified; iterators fail fast, as those of the JDK's set do.
 *
 * <p>Keys come in the order in which they were selected, which is the one in which the kernel found them ready: who has waited longest is served first.
 * That is why a key that leaves is not replaced by the last one, but leaves a gap.
 */
final class SelectedKeySet extends AbstractSet<SelectionKey> {
    private static final int FIRST_CAPACITY = 16;

    /** The place of a key that is not in the set. */
    static final int NOWHERE = -1;

    /** With gaps, which hold null, up to the end, and only null from there. */
    private KeventSelectionKey[] keys = new KeventSelectionKey[FIRST_CAPACITY];
    private int end;
    private int size;
    private int modifications;

    /** Counts the selections. */
    private int selection;

    /** The last two iterators that were handed out; null before. */
    private KeyIterator older;
    private KeyIterator newer;

    /** A selection begins. For the selector. */
    void beginSelection() {
        selection++;
    }

    /**
     * Puts a key into the set, or updates its ready set if it is there. For the selector; {@link #add} is for the application, which must not. As the JDK
     * does it, a hang-up or error makes the interest set the ready set, of a selected key too.
     *
     * @return whether the key's ready set has something that it had not
     */
    boolean select(KeventSelectionKey key, int ops, boolean hungUp) {
        if (!isSelected(key)) {
            key.ready(ops);
            append(key);
            return true;
        }
        int before = key.ready();
        int now = hungUp ? ops : before | ops;
        key.ready(now);
        return (now & ~before) != 0;
    }

    private void append(KeventSelectionKey key) {
        makeRoom();
        if (end == keys.length || end - size > size + FIRST_CAPACITY) {
            closeGaps();
        }
        key.selectedAt = end;
        keys[end++] = key;
        size++;
        modifications++;
    }

    /**
     * Makes a longer array if one more key needs it, and the gaps are fewer than the keys: closing them would be paid for by too few that have left. Moves no
     * key, since somebody may be iterating. For the selector, to which putting a key in must not fail for want of memory after this.
     */
    void makeRoom() {
        if (end == keys.length && end - size < size) {
            keys = Arrays.copyOf(keys, keys.length * 2);
        }
    }

    private void closeGaps() {
        int closed = 0;
        for (int i = 0; i < end; i++) {
            KeventSelectionKey key = keys[i];
            if (key != null) {
                keys[i] = null;
                keys[closed] = key;
                key.selectedAt = closed++;
            }
        }
        end = closed;
    }

    boolean isSelected(KeventSelectionKey key) {
        return key.selectedAt != NOWHERE;
    }

    void deselect(KeventSelectionKey key) {
        if (key.selectedAt != NOWHERE) {
            keys[key.selectedAt] = null;
            key.selectedAt = NOWHERE;
            if (--size == 0) {
                end = 0;
            }
            modifications++;
        }
    }

    private boolean holds(Object o) {
        if (!(o instanceof KeventSelectionKey)) {
            return false;
        }
        KeventSelectionKey key = (KeventSelectionKey) o;
        return key.selectedAt != NOWHERE && key.selectedAt < end && keys[key.selectedAt] == key;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean contains(Object o) {
        return holds(o);
    }

    @Override
    public boolean remove(Object o) {
        if (!holds(o)) {
            return false;
        }
        deselect((KeventSelectionKey) o);
        return true;
    }

    @Override
    public void clear() {
        for (int i = 0; i < end; i++) {
            KeventSelectionKey key = keys[i];
            if (key != null) {
                key.selectedAt = NOWHERE;
                keys[i] = null;
            }
        }
        end = 0;
        size = 0;
        modifications++;
    }

    /** Without an iterator, so that a caller who needs none allocates none. */
    @Override
    public void forEach(Consumer<? super SelectionKey> action) {
        int expected = modifications;
        int left = size;
        for (int i = 0; left > 0; i++) {
            if (modifications != expected) {
                throw new ConcurrentModificationException();
            }
            KeventSelectionKey key = keys[i];
            if (key != null) {
                left--;
                action.accept(key);
            }
        }
    }

    /**
     * The last but one is handed out again, so that a loop over the set allocates nothing, if nobody can make anything of it any more: it came to its end,
     * has nothing left to remove, and a selection began since. The last one never is: a loop that asks the iterator of its last round once more, and went
     * through the set in between, as Jetty's does, is told what the JDK's set would tell it.
     */
    @Override
    public Iterator<SelectionKey> iterator() {
        KeyIterator iterator = older;
        if (iterator == null || !iterator.isSpent() || iterator.selection == selection) {
            iterator = new KeyIterator();
        }
        older = newer;
        newer = iterator;
        iterator.begin();
        return iterator;
    }

    /** Removing the key just returned moves none of those that are still to come. */
    private final class KeyIterator implements Iterator<SelectionKey> {
        /** How many are still to come. */
        private int left;
        /** Behind the place of the one that was returned last. */
        private int next;
        private boolean removable;
        private int expected;
        private int selection;

        void begin() {
            selection = SelectedKeySet.this.selection;
            left = size;
            next = 0;
            removable = false;
            expected = modifications;
        }

        /** Whether all that it can do is to say that it is at its end. */
        boolean isSpent() {
            return left == 0 && (!removable || modifications != expected);
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public SelectionKey next() {
            requireUnmodified();
            if (left == 0) {
                throw new NoSuchElementException();
            }
            KeventSelectionKey key;
            do {
                key = keys[next++];
            } while (key == null);
            left--;
            removable = true;
            return key;
        }

        @Override
        public void remove() {
            if (!removable) {
                throw new IllegalStateException();
            }
            requireUnmodified();
            deselect(keys[next - 1]);
            removable = false;
            expected = modifications;
        }

        private void requireUnmodified() {
            if (modifications != expected) {
                throw new ConcurrentModificationException();
            }
        }
    }
}
