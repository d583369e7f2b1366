// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The set that Selector.keys() returns. */
class KeySetTest extends SelectorContract {

    @Test
    void viewIsTheSameObjectEachTime() throws IOException {
        Set<SelectionKey> keys = selector.keys();
        readableKey();
        selector.select();
        assertSame(keys, selector.keys());
    }

    @Test
    void registeredKeyIsInTheSetBeforeAnySelect() throws IOException {
        Set<SelectionKey> keys = selector.keys();
        SelectionKey key = pipe().source().register(selector, OP_READ);
        assertTrue(keys.contains(key));
        assertEquals(1, keys.size());
        assertSame(key, keys.iterator().next());
    }

    @Test
    void keysWithEmptyInterestAreInTheSet() throws IOException {
        SelectionKey key = pipe().source().register(selector, 0);
        selector.selectNow();
        assertEquals(Set.of(key), selector.keys());
    }

    @Test
    void containsOnlyOwnKeys() throws IOException {
        SelectionKey key = readableKey();
        try (Selector other = Selector.open()) {
            SelectionKey foreign = key.channel().register(other, OP_READ);
            assertTrue(selector.keys().contains(key));
            assertFalse(selector.keys().contains(foreign));
            assertFalse(other.keys().contains(key));
        }
    }

    @Test
    void setCannotBeModified() throws IOException {
        SelectionKey key = readableKey();
        Set<SelectionKey> keys = selector.keys();
        assertUnsupported(() -> keys.add(key));
        assertUnsupported(() -> keys.addAll(Set.of(key)));
        assertUnsupported(() -> keys.remove(key));
        assertUnsupported(() -> keys.removeAll(Set.of(key)));
        assertUnsupported(() -> keys.retainAll(Set.of()));
        assertUnsupported(() -> keys.removeIf(any -> true));
        assertUnsupported(() -> keys.clear());
        assertEquals(Set.of(key), keys);
    }

    @Test
    void iteratorCannotRemove() throws IOException {
        SelectionKey key = readableKey();
        Iterator<SelectionKey> iterator = selector.keys().iterator();
        assertSame(key, iterator.next());
        assertUnsupported(iterator::remove);
        assertEquals(Set.of(key), selector.keys());
    }

    @Test
    void setCanBeCopied() throws IOException {
        Set<SelectionKey> expected = Set.of(readableKey(), readableKey(), readableKey());
        assertEquals(expected, new HashSet<>(selector.keys()));
        assertEquals(3, selector.keys().toArray().length);
        assertEquals(3, selector.keys().toArray(new SelectionKey[0]).length);
        assertEquals(expected, new HashSet<>(new ArrayList<>(selector.keys())));
        assertEquals(3, selector.keys().stream().filter(SelectionKey::isValid).count());
        assertEquals(expected, selector.keys());
        assertEquals(expected.hashCode(), selector.keys().hashCode());
    }

    @Test
    void cancelledKeyStaysInTheSetUntilTheNextSelect() throws IOException {
        SelectionKey key = readableKey();
        key.cancel();
        assertEquals(Set.of(key), selector.keys());
        selector.selectNow();
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void keyOfAClosedChannelStaysInTheSetUntilTheNextSelect() throws IOException {
        SelectionKey key = readableKey();
        key.channel().close();
        assertEquals(Set.of(key), selector.keys());
        selector.selectNow();
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void iterationGoesOnWhileKeysAreRegistered() throws IOException {
        Set<SelectionKey> first = Set.of(readableKey(), readableKey(), readableKey());
        Iterator<SelectionKey> iterator = selector.keys().iterator();
        Set<SelectionKey> seen = new HashSet<>();
        seen.add(iterator.next());
        readableKey();
        iterator.forEachRemaining(seen::add);
        assertTrue(seen.containsAll(first));
        assertEquals(4, selector.keys().size());
    }

    @Test
    void iterationGoesOnWhileKeysAreDeregistered() throws IOException {
        List<SelectionKey> all = List.of(readableKey(), readableKey(), readableKey());
        Iterator<SelectionKey> iterator = selector.keys().iterator();
        iterator.next();
        all.forEach(SelectionKey::cancel);
        selector.selectNow();
        while (iterator.hasNext()) {
            assertTrue(all.contains(iterator.next()));
        }
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void anotherThreadIteratesWhileKeysComeAndGo() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        SelectionKey stays = pipe().source().register(selector, OP_READ);
        BackgroundTask<Integer> reader = BackgroundTask.start(() -> {
            int passes = 0;
            while (!done.get() || passes == 0) {
                boolean seen = false;
                for (SelectionKey key : selector.keys()) {
                    seen |= key == stays;
                }
                assertTrue(seen, "a key that stays is seen by each pass");
                assertTrue(selector.keys().contains(stays));
                passes++;
            }
            return passes;
        });
        try {
            Pipe comes = pipe();
            for (int i = 0; i < 3_000; i++) {
                comes.sink().register(selector, 0).cancel();
                comes.source().register(selector, OP_READ).cancel();
                selector.selectNow();
            }
        } finally {
            done.set(true);
        }
        assertTrue(reader.result() > 0);
        assertEquals(Set.of(stays), selector.keys());
    }

    @Test
    void anotherThreadCopiesTheSetWhileKeysComeAndGo() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        SelectionKey stays = pipe().source().register(selector, OP_READ);
        BackgroundTask<Integer> reader = BackgroundTask.start(() -> {
            int passes = 0;
            while (!done.get() || passes == 0) {
                assertTrue(List.of(selector.keys().toArray()).contains(stays));
                assertTrue(List.of(selector.keys().toArray(new SelectionKey[0])).contains(stays));
                assertTrue(new HashSet<>(selector.keys()).contains(stays));
                assertTrue(selector.keys().stream().anyMatch(key -> key == stays));
                assertTrue(List.of(selector.keys().stream().toArray()).contains(stays));
                assertTrue(List.of(selector.keys().stream().sorted(Comparator.comparing(System::identityHashCode)).toArray()).contains(stays));
                passes++;
            }
            return passes;
        });
        try {
            List<Pipe> pipes = List.of(pipe(), pipe(), pipe(), pipe());
            for (int i = 0; i < 3_000 && !reader.isDone(); i++) {
                for (Pipe pipe : pipes) {
                    pipe.source().register(selector, OP_READ);
                    pipe.sink().register(selector, 0);
                }
                pipes.forEach(pipe -> pipe.source().keyFor(selector).cancel());
                pipes.forEach(pipe -> pipe.sink().keyFor(selector).cancel());
                selector.selectNow();
            }
        } finally {
            done.set(true);
        }
        assertTrue(reader.result() > 0);
    }

    @Test
    void setCanBeReadWhileAnotherThreadIsInSelect() throws Exception {
        SelectionKey key = pipe().source().register(selector, OP_READ);
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select());
        assertEquals(Set.of(key), BackgroundTask.start(() -> new HashSet<>(selector.keys())).result());
        assertFalse(select.isDone());
        selector.wakeup();
        select.result();
    }

    private static void assertUnsupported(Executable call) {
        assertThrows(UnsupportedOperationException.class, call);
    }
}
