// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.LoopbackPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What an action may do to the selector, its keys and channels while the selection that calls it goes on. */
class ActionEffectsTest extends SelectorContract {

    private interface Step {
        void accept(SelectionKey key) throws IOException;
    }

    private static Consumer<SelectionKey> action(Step step) {
        return key -> {
            try {
                step.accept(key);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private Set<SelectionKey> given() throws IOException {
        Set<SelectionKey> keys = new HashSet<>();
        selector.selectNow(keys::add);
        return keys;
    }

    @Test
    void runtimeExceptionOfTheActionReachesTheCaller() throws IOException {
        readableKey();
        RuntimeException thrown = new UnsupportedOperationException("by the action");
        assertSame(thrown, assertThrows(RuntimeException.class, () -> selector.select(key -> {
            throw thrown;
        })));
    }

    @Test
    void errorOfTheActionReachesTheCaller() throws IOException {
        readableKey();
        Error thrown = new StackOverflowError("by the action");
        assertSame(thrown, assertThrows(Error.class, () -> selector.select(key -> {
            throw thrown;
        })));
    }

    @Test
    void selectorStaysUsableAndLosesNoEventWhenTheActionThrows() throws IOException {
        Set<SelectionKey> ready = Set.of(readableKey(), readableKey(), readableKey(), readableKey());
        for (int calls = 1; calls <= 4; calls++) {
            int throwAt = calls;
            int[] count = new int[1];
            assertThrows(IllegalArgumentException.class, () -> selector.select(key -> {
                if (++count[0] == throwAt) {
                    throw new IllegalArgumentException("at call " + throwAt);
                }
            }));
            assertEquals(throwAt, count[0]);
            assertEquals(ready, given(), "after the action threw at call " + throwAt);
        }
        assertEquals(4, selector.select());
        assertEquals(ready, selector.selectedKeys());
    }

    @Test
    void errorOfTheActionLosesNoEventEither() throws IOException {
        Set<SelectionKey> ready = Set.of(readableKey(), readableKey(), readableKey());
        assertThrows(StackOverflowError.class, () -> selector.select(key -> {
            throw new StackOverflowError();
        }));
        assertEquals(3, selector.select());
        assertEquals(ready, selector.selectedKeys());
    }

    @Test
    void keysThatAThrowingActionDidNotComeToAreAskedForAnew() throws IOException {
        List<SelectionKey> keys = List.of(readableKey(), readableKey(), readableKey(), readableKey());
        assertThrows(IllegalStateException.class, () -> selector.select(key -> {
            throw new IllegalStateException();
        }));
        for (SelectionKey key : keys.subList(1, 4)) {
            drain(key.channel());
        }
        assertReports(keys.get(0), OP_READ);
        drain(keys.get(0).channel());
        assertReportsNothing();
    }

    @Test
    void actionThatReadsAndThenThrowsHasStillRead() throws IOException {
        SelectionKey key = readableKey();
        assertThrows(IllegalStateException.class, () -> selector.select(action(found -> {
            drain(found.channel());
            throw new IllegalStateException();
        })));
        assertReportsNothing();
        assertTrue(key.isValid());
    }

    @Test
    void interestTurnedOffByTheActionIsSeenByTheNextSelect() throws IOException {
        SelectionKey key = readableKey();
        assertEquals(1, selector.select(found -> found.interestOps(0)));
        assertReportsNothing();
        key.interestOps(OP_READ);
        assertReports(key, OP_READ);
    }

    @Test
    void interestChangedByTheActionIsSeenByTheNextSelect() throws IOException {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        assertEquals(1, selector.select(found -> found.interestOps(OP_READ)));
        assertReportsNothing();
        pair.send(1);
        assertReports(key, OP_READ);
    }

    @Test
    void interestTurnedOffAndOnByTheActionIsReportedAgain() throws IOException {
        SelectionKey key = readableKey();
        assertEquals(1, selector.select(found -> found.interestOps(0).interestOps(OP_READ)));
        assertReports(key, OP_READ);
    }

    @Test
    void interestOfAnotherKeyTurnedOffByTheActionHoldsForTheNextSelect() throws IOException {
        List<SelectionKey> keys = List.of(readableKey(), readableKey());
        // whether the second is still given to the action of this selection is left open; it must not be by the next
        selector.select(found -> keys.forEach(key -> key.interestOps(0)));
        assertReportsNothing();
    }

    @Test
    void keyCancelledByTheActionIsGoneAfterTheNextSelect() throws IOException {
        SelectionKey key = readableKey();
        assertEquals(1, selector.select(SelectionKey::cancel));
        assertFalse(key.isValid());
        assertReportsNothing();
        assertTrue(selector.keys().isEmpty());
        assertFalse(key.channel().isRegistered());
    }

    @Test
    void otherKeysCancelledByTheActionAreNotReportedByTheNextSelect() throws IOException {
        List<SelectionKey> keys = List.of(readableKey(), readableKey(), readableKey());
        selector.select(found -> keys.forEach(SelectionKey::cancel));
        assertReportsNothing();
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void channelClosedByTheActionIsGoneAfterTheNextSelect() throws IOException {
        readableKey();
        SelectionKey stays = readableKey();
        assertEquals(2, selector.select(action(found -> {
            if (found != stays) {
                found.channel().close();
            }
        })));
        assertReports(stays, OP_READ);
        assertEquals(Set.of(stays), selector.keys());
    }

    @Test
    void allChannelsClosedByTheActionAreGoneAfterTheNextSelect() throws IOException {
        List<SelectionKey> keys = List.of(readableKey(), readableKey(), readableKey());
        selector.select(action(found -> {
            for (SelectionKey key : keys) {
                key.channel().close();
            }
        }));
        assertReportsNothing();
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void channelRegisteredByTheActionIsSeenByTheNextSelect() throws IOException {
        SelectionKey first = readableKey();
        List<SelectionKey> added = new ArrayList<>();
        assertEquals(1, selector.select(action(found -> {
            drain(first.channel());
            added.add(readableKey());
        })));
        assertEquals(2, selector.keys().size());
        assertReports(added.get(0), OP_READ);
    }

    @Test
    void channelClosedAndAnotherRegisteredByTheActionWithTheSameDescriptorNumber() throws IOException {
        readableKey();
        for (int i = 0; i < 50; i++) {
            assertEquals(1, selector.select(action(found -> {
                found.channel().close();
                readableKey();
            })), "round " + i);
        }
        selector.selectNow();
        assertEquals(1, selector.keys().size());
    }

    @Test
    void keyCancelledByTheActionCanBeRegisteredAnewAfterTheNextSelect() throws IOException {
        SelectionKey key = readableKey();
        selector.select(SelectionKey::cancel);
        selector.selectNow();
        SelectionKey again = key.channel().register(selector, OP_READ);
        assertReports(again, OP_READ);
    }

    @Test
    void wakeupByTheActionEndsTheNextSelect() throws IOException {
        SelectionKey key = readableKey();
        assertEquals(1, selector.select(action(found -> {
            drain(found.channel());
            selector.wakeup();
        })));
        assertEquals(0, selector.select());
        assertTrue(key.isValid());
    }

    @Test
    void selectorClosedByTheActionEndsTheSelectionWithAnException() throws IOException {
        List<SelectionKey> keys = List.of(readableKey(), readableKey());
        List<SelectionKey> seen = new ArrayList<>();
        assertThrows(ClosedSelectorException.class, () -> selector.select(action(found -> {
            seen.add(found);
            selector.close();
        })));
        assertEquals(1, seen.size(), "no key is given out after the close");
        assertFalse(selector.isOpen());
        keys.forEach(key -> assertFalse(key.isValid()));
        keys.forEach(key -> assertFalse(key.channel().isRegistered()));
    }

    @Test
    void writerThatTheActionFeedsIsReportedByTheNextSelect() throws IOException {
        SelectionKey first = readableKey();
        Pipe fed = pipe();
        SelectionKey second = fed.source().register(selector, OP_READ);
        assertEquals(1, selector.select(action(found -> {
            drain(first.channel());
            write(fed, 1);
        })));
        assertReports(second, OP_READ);
    }
}
