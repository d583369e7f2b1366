// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The selected-key set, beside a LinkedHashSet of the same keys. */
class SelectedKeySetTest {
    private static final int KEYS = 40;

    private final SelectedKeySet set = new SelectedKeySet();
    private final KeventSelectionKey[] keys = new KeventSelectionKey[KEYS];
    private SimulatedSelector simulated;

    @BeforeEach
    void open() throws IOException {
        simulated = new SimulatedSelector();
        for (int i = 0; i < KEYS; i++) {
            keys[i] = (KeventSelectionKey) simulated.register(0);
        }
    }

    @AfterEach
    void close() throws IOException {
        set.clear();
        simulated.close();
    }

    private void selectAll() {
        for (KeventSelectionKey key : keys) {
            set.select(key, SelectionKey.OP_READ, false);
        }
    }

    @Test
    void randomOperationsAgreeWithALinkedHashSet() {
        Random random = new Random(7);
        Set<SelectionKey> model = new LinkedHashSet<>();
        for (int step = 0; step < 50_000; step++) {
            KeventSelectionKey key = keys[random.nextInt(KEYS)];
            switch (random.nextInt(8)) {
                case 0:
                    assertEquals(model.remove(key), set.remove(key));
                    break;
                case 1:
                    model.remove(key);
                    set.deselect(key);
                    break;
                case 2:
                    removeSome(random.nextInt(5), random.nextInt(), model);
                    break;
                case 3:
                    if (random.nextInt(20) == 0) {
                        model.clear();
                        set.clear();
                    }
                    break;
                default:
                    if (model.add(key)) {
                        set.select(key, SelectionKey.OP_READ, false);
                    }
                    break;
            }
            assertEquals(model.contains(key), set.contains(key));
            assertEquals(model.contains(key), set.isSelected(key));
            assertEquals(model.size(), set.size());
            assertEquals(List.copyOf(model), List.copyOf(set));
        }
    }

    /** Removes by the iterator what a coin decides, in both sets. */
    private void removeSome(int oneIn, int seed, Set<SelectionKey> model) {
        Random coin = new Random(seed);
        Set<SelectionKey> seen = new HashSet<>();
        for (Iterator<SelectionKey> iterator = set.iterator(); iterator.hasNext();) {
            SelectionKey key = iterator.next();
            assertTrue(seen.add(key), "seen twice");
            if (coin.nextInt(oneIn + 1) == 0) {
                iterator.remove();
                model.remove(key);
            }
        }
        assertTrue(seen.containsAll(model));
    }

    @Test
    void forEachGoesInTheOrderOfSelection() {
        selectAll();
        set.remove(keys[1]);
        List<SelectionKey> expected = new ArrayList<>(List.of(keys));
        expected.remove(1);
        List<SelectionKey> seen = new ArrayList<>();
        set.forEach(seen::add);
        assertEquals(expected, seen);
    }

    @Test
    void forEachFailsFastWhenTheSetIsChangedBesideIt() {
        selectAll();
        assertThrows(ConcurrentModificationException.class, () -> set.forEach(set::remove));
    }

    @Test
    void keyThatIsNeverRemovedDoesNotMakeTheSetGrow() {
        set.select(keys[0], SelectionKey.OP_READ, false);
        for (int i = 0; i < 1000; i++) {
            KeventSelectionKey passing = keys[1 + i % (KEYS - 1)];
            set.select(passing, SelectionKey.OP_READ, false);
            assertTrue(passing.selectedAt < KEYS, "at place " + passing.selectedAt);
            set.remove(passing);
        }
        assertEquals(Set.of(keys[0]), set);
    }

    @Test
    void applicationCannotAdd() {
        assertThrows(UnsupportedOperationException.class, () -> set.add(keys[0]));
        assertThrows(UnsupportedOperationException.class, () -> set.addAll(List.of(keys)));
    }

    @Test
    void whatIsNotAKeyIsNotInTheSet() {
        selectAll();
        assertFalse(set.contains(null));
        assertFalse(set.contains("a key"));
        assertFalse(set.remove("a key"));
        assertFalse(set.remove(null));
    }

    @Test
    void keyThatIsInAnotherSetIsNotInThisOne() {
        SelectedKeySet other = new SelectedKeySet();
        other.select(keys[0], SelectionKey.OP_READ, false);
        set.select(keys[1], SelectionKey.OP_READ, false);
        assertFalse(set.contains(keys[0]));
        assertFalse(set.remove(keys[0]));
        assertTrue(other.contains(keys[0]));
        other.clear();
    }

    @Test
    void iteratorFailsFastWhenTheSetIsChangedBesideIt() {
        selectAll();
        Iterator<SelectionKey> iterator = set.iterator();
        iterator.next();
        set.remove(keys[0]);
        assertThrows(ConcurrentModificationException.class, iterator::next);
        assertThrows(ConcurrentModificationException.class, iterator::remove);
    }

    @Test
    void iteratorRemovesNothingTwice() {
        selectAll();
        Iterator<SelectionKey> iterator = set.iterator();
        assertThrows(IllegalStateException.class, iterator::remove);
        iterator.next();
        iterator.remove();
        assertThrows(IllegalStateException.class, iterator::remove);
        assertEquals(KEYS - 1, set.size());
    }

    @Test
    void iteratorEnds() {
        set.select(keys[0], SelectionKey.OP_READ, false);
        Iterator<SelectionKey> iterator = set.iterator();
        iterator.next();
        assertFalse(iterator.hasNext());
        assertThrows(NoSuchElementException.class, iterator::next);
    }

    @Test
    void iteratorThatCanDoNothingMoreIsHandedOutAgain() {
        selectAll();
        Iterator<SelectionKey> first = walk();
        set.clear();
        walk();
        set.beginSelection();
        assertSame(first, set.iterator());
        assertFalse(first.hasNext());
    }

    @Test
    void iteratorIsNotHandedOutAgainWithinOneSelection() {
        walk();
        walk();
        Iterator<SelectionKey> first = walk();
        walk();
        assertNotSame(first, set.iterator());
    }

    @Test
    void iteratorThatIsOnItsWayIsNotHandedOutAgain() {
        selectAll();
        Iterator<SelectionKey> first = set.iterator();
        first.next();
        walk();
        set.beginSelection();
        assertNotSame(first, set.iterator());
        int left = 0;
        for (; first.hasNext(); left++) {
            first.next();
        }
        assertEquals(KEYS - 1, left);
    }

    @Test
    void iteratorThatCanStillRemoveIsNotHandedOutAgain() {
        selectAll();
        Iterator<SelectionKey> first = walk();
        walk();
        set.beginSelection();
        assertNotSame(first, set.iterator());
        first.remove();
        assertEquals(KEYS - 1, set.size());
    }

    @Test
    void lastIteratorIsAtItsEndThoughTheSetIsWalkedThroughMeanwhile() {
        for (int round = 0; round < 4; round++) {
            selectAll();
            Iterator<SelectionKey> last = walk();
            walk();
            set.clear();
            set.beginSelection();
            selectAll();
            assertFalse(last.hasNext());
            walk();
            set.clear();
        }
    }

    /** Walks through the set; returns the iterator. */
    private Iterator<SelectionKey> walk() {
        Iterator<SelectionKey> iterator = set.iterator();
        while (iterator.hasNext()) {
            iterator.next();
        }
        return iterator;
    }

    @Test
    void bulkOperationsWork() {
        selectAll();
        List<KeventSelectionKey> half = Arrays.asList(keys).subList(0, KEYS / 2);
        assertTrue(set.retainAll(half));
        assertEquals(new HashSet<>(half), new HashSet<>(set));
        assertTrue(set.removeIf(key -> key == keys[0]));
        assertEquals(half.size() - 1, set.toArray().length);
        assertTrue(set.removeAll(half));
        assertTrue(set.isEmpty());
    }

    @Test
    void clearedKeysCanBeSelectedAgain() {
        selectAll();
        set.clear();
        assertTrue(set.isEmpty());
        assertFalse(set.contains(keys[3]));
        set.select(keys[3], SelectionKey.OP_READ, false);
        assertEquals(Set.of(keys[3]), set);
    }
}
