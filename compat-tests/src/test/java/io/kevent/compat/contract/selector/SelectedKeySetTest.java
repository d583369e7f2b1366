// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The set that Selector.selectedKeys() returns: keys can be taken out and not put in. */
class SelectedKeySetTest extends SelectorContract {

    private Set<SelectionKey> selected(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            readableKey();
        }
        assertEquals(count, selector.select());
        return selector.selectedKeys();
    }

    @Test
    void viewIsTheSameObjectEachTime() throws IOException {
        Set<SelectionKey> view = selector.selectedKeys();
        assertSame(view, selected(1));
        view.clear();
        assertSame(view, selector.selectedKeys());
    }

    @Test
    void keyIsTheObjectThatRegisterReturned() throws IOException {
        SelectionKey key = readableKey();
        selector.select();
        assertSame(key, selector.selectedKeys().iterator().next());
        assertSame(key, key.channel().keyFor(selector));
    }

    @Test
    void keysCannotBeAdded() throws IOException {
        SelectionKey key = readableKey();
        assertThrows(UnsupportedOperationException.class, () -> selector.selectedKeys().add(key));
        assertThrows(UnsupportedOperationException.class, () -> selector.selectedKeys().addAll(Set.of(key)));
        assertTrue(selector.selectedKeys().isEmpty());
        selector.select();
        assertThrows(UnsupportedOperationException.class, () -> selector.selectedKeys().add(key), "not even one that is there");
    }

    @Test
    void removeTakesAKeyOut() throws IOException {
        Set<SelectionKey> set = selected(3);
        SelectionKey key = set.iterator().next();
        assertTrue(set.remove(key));
        assertFalse(set.contains(key));
        assertEquals(2, set.size());
        assertFalse(set.remove(key), "removed already");
    }

    @Test
    void iteratorRemoveTakesAKeyOut() throws IOException {
        Set<SelectionKey> set = selected(3);
        Iterator<SelectionKey> iterator = set.iterator();
        for (int left = 2; left >= 0; left--) {
            SelectionKey key = iterator.next();
            iterator.remove();
            assertFalse(set.contains(key));
            assertEquals(left, set.size());
        }
        assertFalse(iterator.hasNext());
    }

    @Test
    void iteratorRemoveOfSomeLeavesTheOthers() throws IOException {
        Set<SelectionKey> set = selected(10);
        Set<SelectionKey> kept = new HashSet<>();
        int i = 0;
        for (Iterator<SelectionKey> iterator = set.iterator(); iterator.hasNext(); i++) {
            SelectionKey key = iterator.next();
            if (i % 3 == 0) {
                iterator.remove();
            } else {
                kept.add(key);
            }
        }
        assertEquals(10, i);
        assertEquals(kept, set);
    }

    @Test
    void iteratorRemoveNeedsANextBefore() throws IOException {
        Iterator<SelectionKey> iterator = selected(2).iterator();
        assertThrows(IllegalStateException.class, iterator::remove);
        iterator.next();
        iterator.remove();
        assertThrows(IllegalStateException.class, iterator::remove);
    }

    @Test
    void iteratorEndsWithNoSuchElement() throws IOException {
        Iterator<SelectionKey> iterator = selected(1).iterator();
        iterator.next();
        assertFalse(iterator.hasNext());
        assertThrows(NoSuchElementException.class, iterator::next);
    }

    @Test
    void clearEmptiesTheSet() throws IOException {
        Set<SelectionKey> set = selected(3);
        set.clear();
        assertTrue(set.isEmpty());
        assertEquals(0, set.size());
        assertFalse(set.iterator().hasNext());
    }

    @Test
    void removeIfTakesTheMatchingKeysOut() throws IOException {
        Set<SelectionKey> set = selected(4);
        SelectionKey one = set.iterator().next();
        assertTrue(set.removeIf(key -> key != one));
        assertEquals(Set.of(one), set);
        assertFalse(set.removeIf(key -> key != one));
    }

    @Test
    void removeAllAndRetainAllTakeKeysOut() throws IOException {
        Set<SelectionKey> set = selected(4);
        Set<SelectionKey> all = new HashSet<>(set);
        SelectionKey one = set.iterator().next();
        assertTrue(set.removeAll(Set.of(one)));
        all.remove(one);
        assertEquals(all, set);
        SelectionKey two = set.iterator().next();
        assertTrue(set.retainAll(Set.of(two)));
        assertEquals(Set.of(two), set);
        assertFalse(set.retainAll(Set.of(two)));
    }

    @Test
    void setAnswersAsASet() throws IOException {
        Set<SelectionKey> set = selected(3);
        Set<SelectionKey> copy = new HashSet<>(set);
        assertEquals(3, copy.size());
        assertEquals(copy, set);
        assertEquals(set, copy);
        assertEquals(copy.hashCode(), set.hashCode());
        assertTrue(set.containsAll(copy));
        assertEquals(copy, Set.of(set.toArray()));
        assertEquals(copy, Set.of(set.toArray(new SelectionKey[0])));
        assertEquals(3, set.toArray(new SelectionKey[3]).length);
        assertEquals(3, set.stream().distinct().count());
        assertEquals(3, set.spliterator().estimateSize());
        assertNotNull(set.toString());
        int[] visited = new int[1];
        set.forEach(key -> visited[0]++);
        assertEquals(3, visited[0]);
    }

    @Test
    void whatIsNotAKeyOfThisSelectorIsNotContained() throws IOException {
        Set<SelectionKey> set = selected(1);
        SelectionKey key = set.iterator().next();
        Selector other = closeLater(Selector.open());
        SelectionKey foreign = key.channel().register(other, OP_READ);
        other.select();
        assertFalse(set.contains(foreign));
        assertFalse(set.remove(foreign));
        assertFalse(set.contains(null));
        assertFalse(set.remove(null));
        assertFalse(containsAny(set, "a string"));
        assertEquals(Set.of(foreign), other.selectedKeys());
        assertEquals(Set.of(key), set);
    }

    private static boolean containsAny(Set<?> set, Object any) {
        return set.contains(any) || set.remove(any);
    }

    @Test
    void removedKeyIsAddedAgainWhileItIsReady() throws IOException {
        SelectionKey key = readableKey();
        for (int i = 0; i < 10; i++) {
            assertEquals(1, selector.select());
            assertTrue(selector.selectedKeys().remove(key));
        }
    }

    @Test
    void keysRemovedInAnyOrderAreAddedAgainOnce() throws IOException {
        Set<SelectionKey> set = selected(5);
        Set<SelectionKey> all = new HashSet<>(set);
        for (SelectionKey key : all) {
            assertTrue(set.remove(key));
            assertEquals(1, selector.select(), "only the removed one is new");
            assertEquals(all, set);
        }
    }

    @Test
    void keysRemovedByIteratorAreAddedAgain() throws IOException {
        Set<SelectionKey> set = selected(3);
        for (int round = 0; round < 5; round++) {
            for (Iterator<SelectionKey> iterator = set.iterator(); iterator.hasNext();) {
                iterator.next();
                iterator.remove();
            }
            assertEquals(3, selector.select());
            assertEquals(3, set.size());
        }
    }

    @Test
    void iterationFailsFastWhenASelectAddsAKey() throws IOException {
        Iterator<SelectionKey> iterator = selected(2).iterator();
        iterator.next();
        readableKey();
        assertEquals(1, selector.selectNow());
        assertThrows(ConcurrentModificationException.class, iterator::next);
    }

    @Test
    void iterationFailsFastWhenASelectDropsACancelledKey() throws IOException {
        Set<SelectionKey> set = selected(3);
        Iterator<SelectionKey> iterator = set.iterator();
        iterator.next().cancel();
        selector.selectNow();
        assertEquals(2, set.size());
        assertThrows(ConcurrentModificationException.class, iterator::next);
    }

    @Test
    void iterationFailsFastWhenAKeyIsRemovedPastTheIterator() throws IOException {
        Set<SelectionKey> set = selected(3);
        Iterator<SelectionKey> iterator = set.iterator();
        set.remove(iterator.next());
        assertThrows(ConcurrentModificationException.class, iterator::next);
    }

    @Test
    void iteratorThatHasBeenOvertakenCannotRemove() throws IOException {
        Set<SelectionKey> set = selected(3);
        Iterator<SelectionKey> iterator = set.iterator();
        iterator.next();
        set.clear();
        assertThrows(ConcurrentModificationException.class, iterator::remove);
    }

    @Test
    void iterationGoesOnWhenASelectChangesNothingInTheSet() throws IOException {
        Set<SelectionKey> set = selected(3);
        Iterator<SelectionKey> iterator = set.iterator();
        iterator.next();
        assertEquals(0, selector.selectNow());
        iterator.next();
        iterator.next();
        assertFalse(iterator.hasNext());
    }

    @Test
    void cancelledKeyStaysInTheSetUntilTheNextSelect() throws IOException {
        Set<SelectionKey> set = selected(2);
        SelectionKey key = set.iterator().next();
        key.cancel();
        assertTrue(set.contains(key));
        selector.selectNow();
        assertFalse(set.contains(key));
        assertEquals(1, set.size());
    }

    @Test
    void keyOfAClosedChannelStaysInTheSetUntilTheNextSelect() throws IOException {
        Set<SelectionKey> set = selected(2);
        SelectionKey key = set.iterator().next();
        key.channel().close();
        assertTrue(set.contains(key));
        selector.selectNow();
        assertFalse(set.contains(key));
    }

    @Test
    void emptyIteratorHasNothing() {
        Iterator<SelectionKey> iterator = selector.selectedKeys().iterator();
        assertFalse(iterator.hasNext());
        assertThrows(NoSuchElementException.class, iterator::next);
        assertThrows(IllegalStateException.class, iterator::remove);
    }
}
