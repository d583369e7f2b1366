// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/** How the action of select(Consumer) is called. */
class SelectActionTest extends SelectorContract {

    /** Calls each of the three methods that take an action. */
    private void selectInEachForm(int expected, Consumer<SelectionKey> action) throws IOException {
        assertEquals(expected, selector.select(action));
        assertEquals(expected, selector.select(action, LONG_MILLIS));
        assertEquals(expected, selector.selectNow(action));
    }

    @Test
    void actionGetsTheKeyInTheCallingThread() throws IOException {
        SelectionKey key = readableKey();
        Thread caller = Thread.currentThread();
        selectInEachForm(1, found -> {
            assertSame(key, found);
            assertSame(caller, Thread.currentThread());
        });
    }

    @Test
    void actionSeesTheReadyOperations() throws IOException {
        SelectionKey key = readableKey();
        selectInEachForm(1, found -> {
            assertEquals(OP_READ, key.readyOps());
            assertTrue(key.isReadable());
            assertFalse(key.isWritable());
        });
    }

    @Test
    void actionIsCalledForReadingAndWriting() throws Exception {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_READ | OP_WRITE);
        pair.send(1);
        untilReady(key, OP_READ | OP_WRITE);
        int[] notified = new int[1];
        selectInEachFormAndThen(found -> {
            assertNotEquals(0, key.readyOps());
            assertEquals(0, notified[0] & key.readyOps(), "an operation is notified once in one selection");
            notified[0] |= key.readyOps();
        }, () -> {
            assertEquals(OP_READ | OP_WRITE, notified[0]);
            notified[0] = 0;
        });
    }

    private void untilReady(SelectionKey key, int ops) throws IOException {
        while (selector.select(LONG_MILLIS) > 0 && key.readyOps() != ops) {
            selector.selectedKeys().clear();
        }
        selector.selectedKeys().clear();
    }

    private void selectInEachFormAndThen(Consumer<SelectionKey> action, Runnable check) throws IOException {
        assertEquals(1, selector.select(action));
        check.run();
        assertEquals(1, selector.select(action, LONG_MILLIS));
        check.run();
        assertEquals(1, selector.selectNow(action));
        check.run();
    }

    @Test
    void actionIsCalledForEachReadyKeyAndNoOther() throws IOException {
        Set<SelectionKey> ready = Set.of(readableKey(), readableKey(), readableKey());
        pipe().source().register(selector, OP_READ);
        List<SelectionKey> seen = new ArrayList<>();
        assertEquals(3, selector.select(seen::add));
        assertEquals(3, seen.size());
        assertEquals(ready, Set.copyOf(seen));
    }

    @Test
    void actionIsCalledAgainWhileDataIsUnread() throws IOException {
        readableKey();
        for (int i = 0; i < 5; i++) {
            selectInEachForm(1, key -> assertTrue(key.isReadable()));
        }
    }

    @Test
    void actionIsNotCalledAfterTheDataHasBeenRead() throws IOException {
        SelectionKey key = readableKey();
        selectInEachForm(1, found -> { });
        drain(key.channel());
        assertEquals(0, selector.selectNow(found -> fail("nothing is left to read")));
        assertEquals(0, selector.select(found -> fail("nothing is left to read"), SHORT_MILLIS));
    }

    @Test
    void actionThatReadsEndsTheReadiness() throws IOException {
        readableKey();
        assertEquals(1, selector.select(key -> assertEquals(1, drainUnchecked(key))));
        assertEquals(0, selector.select(key -> fail("nothing is left to read"), SHORT_MILLIS));
    }

    @Test
    void actionOfABlockedSelectIsCalled() throws Exception {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, OP_READ);
        List<SelectionKey> seen = new ArrayList<>();
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select(seen::add));
        write(pipe, 1);
        assertEquals(1, select.result());
        assertEquals(List.of(key), seen);
    }

    @Test
    void keysGivenToTheActionAreNotAddedToTheSelectedSet() throws IOException {
        readableKey();
        selectInEachForm(1, key -> assertTrue(selector.selectedKeys().isEmpty()));
        assertTrue(selector.selectedKeys().isEmpty());
    }

    @Test
    void keysInTheSelectedSetStayThereAndAreGivenToTheAction() throws IOException {
        SelectionKey key = readableKey();
        assertEquals(1, selector.select());
        selectInEachForm(1, found -> assertSame(key, found));
        assertEquals(Set.of(key), selector.selectedKeys());
    }

    @Test
    void readySetIsSetAnewForTheAction() throws Exception {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        assertEquals(1, selector.select());
        pair.send(1);
        key.interestOps(OP_READ);
        // with the key still selected, a plain select would add OP_READ to OP_WRITE
        assertEquals(1, selector.select(found -> assertEquals(OP_READ, found.readyOps()), LONG_MILLIS));
        assertEquals(OP_READ, key.readyOps());
    }

    @Test
    void actionIsCalledWithTheLocksOfASelection() throws IOException {
        readableKey();
        selectInEachForm(1, key -> {
            assertTrue(Thread.holdsLock(selector));
            assertTrue(Thread.holdsLock(selector.selectedKeys()));
            assertFalse(Thread.holdsLock(selector.keys()));
        });
    }

    @Test
    void selectFromTheActionIsRefused() throws IOException {
        readableKey();
        selectInEachForm(1, key -> {
            assertThrows(IllegalStateException.class, () -> selector.select());
            assertThrows(IllegalStateException.class, () -> selector.select(1));
            assertThrows(IllegalStateException.class, () -> selector.selectNow());
            assertThrows(IllegalStateException.class, () -> selector.select(other -> fail("reentered")));
            assertThrows(IllegalStateException.class, () -> selector.select(other -> fail("reentered"), 1));
            assertThrows(IllegalStateException.class, () -> selector.selectNow(other -> fail("reentered")));
        });
    }

    @Test
    void selectionOfAnotherSelectorFromTheActionIsAllowed() throws IOException {
        readableKey();
        Selector other = closeLater(Selector.open());
        Pipe pipe = pipe();
        write(pipe, 1);
        SelectionKey inner = pipe.source().register(other, OP_READ);
        List<SelectionKey> seen = new ArrayList<>();
        assertEquals(1, selector.select(key -> {
            try {
                assertEquals(1, other.select(seen::add));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        assertEquals(List.of(inner), seen);
    }

    @Test
    void cancelledKeysLeaveBothSetsInASelectionWithAction() throws IOException {
        SelectionKey first = readableKey();
        SelectionKey second = readableKey();
        assertEquals(2, selector.select());
        first.cancel();
        assertEquals(1, selector.selectNow(key -> assertSame(second, key)));
        assertEquals(Set.of(second), selector.keys());
        assertEquals(Set.of(second), selector.selectedKeys());
        second.cancel();
        assertEquals(0, selector.selectNow(key -> fail("cancelled")));
        assertTrue(selector.keys().isEmpty());
        assertTrue(selector.selectedKeys().isEmpty());
    }

    private static int drainUnchecked(SelectionKey key) {
        try {
            return drain(key.channel());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
