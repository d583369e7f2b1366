// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Cancelled keys, and registering anew after them. */
class CancelTest extends SelectorContract {

    @Test
    void cancelledKeyIsInvalidAtOnce() throws IOException {
        SelectionKey key = readableKey();
        assertTrue(key.isValid());
        key.cancel();
        assertFalse(key.isValid());
    }

    @Test
    void cancelTwiceHasNoFurtherEffect() throws IOException {
        SelectionKey key = readableKey();
        key.cancel();
        key.cancel();
        selector.selectNow();
        key.cancel();
        assertFalse(key.isValid());
        assertReportsNothing();
    }

    @Test
    void readyCancelledKeyIsNotSelected() throws IOException {
        SelectionKey key = readableKey();
        key.cancel();
        assertReportsNothing();
    }

    @Test
    void keyCancelledAfterAReportIsNotSelectedAgain() throws IOException {
        SelectionKey key = readableKey();
        assertReports(key, OP_READ);
        key.cancel();
        assertReportsNothing();
        assertReportsNothing();
    }

    @Test
    void cancelledKeyIsDeregisteredByTheNextSelect() throws IOException {
        SelectionKey key = readableKey();
        key.cancel();
        assertTrue(key.channel().isRegistered());
        assertSame(key, key.channel().keyFor(selector));
        assertEquals(0, selector.selectNow());
        assertFalse(key.channel().isRegistered());
        assertNull(key.channel().keyFor(selector));
    }

    @Test
    void selectedKeyLeavesTheSelectedSetInTheNextSelect() throws IOException {
        SelectionKey key = readableKey();
        selector.select();
        key.cancel();
        assertEquals(Set.of(key), selector.selectedKeys());
        assertEquals(0, selector.selectNow());
        assertTrue(selector.selectedKeys().isEmpty());
    }

    @Test
    void eachSelectMethodDeregisters() throws IOException {
        for (int form = 0; form < 6; form++) {
            SelectionKey key = readableKey();
            key.cancel();
            selector.wakeup();
            select(form);
            assertFalse(key.channel().isRegistered(), "form " + form);
            assertTrue(selector.keys().isEmpty(), "form " + form);
        }
    }

    private int select(int form) throws IOException {
        switch (form) {
            case 0: return selector.select();
            case 1: return selector.select(LONG_MILLIS);
            case 2: return selector.selectNow();
            case 3: return selector.select(key -> { });
            case 4: return selector.select(key -> { }, LONG_MILLIS);
            default: return selector.selectNow(key -> { });
        }
    }

    @Test
    void operationsOfACancelledKeyAreRefused() throws IOException {
        SelectionKey key = readableKey();
        selector.select();
        key.cancel();
        assertRefused(() -> key.interestOps());
        assertRefused(() -> key.interestOps(0));
        assertRefused(() -> key.interestOpsOr(OP_READ));
        assertRefused(() -> key.interestOpsAnd(~OP_READ));
        assertRefused(() -> key.readyOps());
        assertRefused(() -> key.isReadable());
        assertRefused(() -> key.isWritable());
        assertRefused(() -> key.isConnectable());
        assertRefused(() -> key.isAcceptable());
    }

    @Test
    void cancellationIsToldBeforeAWrongOperation() throws IOException {
        SelectionKey key = readableKey();
        key.cancel();
        assertRefused(() -> key.interestOps(SelectionKey.OP_ACCEPT));
        assertRefused(() -> key.interestOpsOr(SelectionKey.OP_ACCEPT));
    }

    @Test
    void cancelledKeyStillKnowsWhatItBelongedTo() throws IOException {
        Object attachment = new Object();
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, OP_READ, attachment);
        key.cancel();
        selector.selectNow();
        assertSame(pipe.source(), key.channel());
        assertSame(selector, key.selector());
        assertSame(attachment, key.attachment());
        assertSame(attachment, key.attach(null));
        assertNull(key.attachment());
        assertNotNull(key.toString());
    }

    @Test
    void registeringBeforeTheNextSelectIsRefused() throws IOException {
        SelectionKey key = readableKey();
        key.cancel();
        assertRefused(() -> key.channel().register(selector, OP_READ));
        assertRefused(() -> key.channel().register(selector, 0));
        selector.selectNow();
        assertNotSame(key, key.channel().register(selector, OP_READ));
    }

    @Test
    void registeringAfterTheNextSelectGivesANewKey() throws IOException {
        SelectionKey old = readableKey();
        Object attachment = new Object();
        old.attach(attachment);
        old.cancel();
        selector.selectNow();
        SelectionKey key = old.channel().register(selector, OP_READ);
        assertNotSame(old, key);
        assertTrue(key.isValid());
        assertFalse(old.isValid());
        assertNull(key.attachment());
        assertSame(attachment, old.attachment());
        assertReports(key, OP_READ);
    }

    @Test
    void registeringAndCancellingInTurnReportsEachTime() throws IOException {
        Pipe pipe = pipe();
        write(pipe, 1);
        for (int i = 0; i < 200; i++) {
            SelectionKey key = pipe.source().register(selector, OP_READ);
            assertReports(key, OP_READ);
            key.cancel();
            selector.selectNow();
        }
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void keyCancelledBeforeItsFirstSelectCanBeRegisteredAnew() throws IOException {
        SelectionKey old = readableKey();
        old.cancel();
        selector.selectNow();
        assertReports(old.channel().register(selector, OP_READ), OP_READ);
    }

    @Test
    void cancellingInOneSelectorLeavesTheOther() throws IOException {
        SelectionKey key = readableKey();
        Selector other = closeLater(Selector.open());
        SelectionKey kept = key.channel().register(other, OP_READ);
        key.cancel();
        selector.selectNow();
        assertTrue(kept.isValid());
        assertTrue(key.channel().isRegistered());
        assertEquals(1, other.select());
        assertEquals(Set.of(kept), other.selectedKeys());
        assertReportsNothing();
    }

    @Test
    void cancelDoesNotEndABlockedSelectNorWaitForIt() throws Exception {
        SelectionKey key = pipe().source().register(selector, OP_READ);
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select());
        key.cancel();
        assertFalse(key.isValid());
        assertTrue(selector.keys().contains(key));
        assertFalse(select.isDone());
        selector.wakeup();
        assertEquals(0, select.result());
        assertTrue(selector.keys().isEmpty(), "keys cancelled during a select are deregistered at its end");
        assertFalse(key.channel().isRegistered());
    }

    @Test
    void keyCancelledDuringASelectIsNotReportedByIt() throws Exception {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, OP_READ);
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select());
        key.cancel();
        write(pipe, 1);
        selector.wakeup();
        assertEquals(0, select.result());
        assertTrue(selector.selectedKeys().isEmpty());
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void cancellingManyKeysAtOnce() throws IOException {
        for (int i = 0; i < 100; i++) {
            readableKey();
        }
        SelectionKey kept = readableKey();
        assertEquals(101, selector.select());
        for (SelectionKey key : selector.keys()) {
            if (key != kept) {
                key.cancel();
            }
        }
        assertEquals(0, selector.selectNow());
        assertEquals(Set.of(kept), selector.keys());
        assertEquals(Set.of(kept), selector.selectedKeys());
        assertReports(kept, OP_READ);
    }

    private static void assertRefused(Executable call) {
        assertThrows(CancelledKeyException.class, call);
    }
}
