// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.OpenFiles;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/** Closing a selector, and each method of a closed one. */
class CloseSelectorTest extends SelectorContract {

    @Test
    void closedSelectorIsNotOpen() throws IOException {
        selector.close();
        assertFalse(selector.isOpen());
    }

    @Test
    void closeTwiceHasNoFurtherEffect() throws IOException {
        selector.close();
        selector.close();
        assertFalse(selector.isOpen());
    }

    @Test
    void setsOfAClosedSelectorAreRefused() throws IOException {
        selector.close();
        assertRefused(() -> selector.keys());
        assertRefused(() -> selector.selectedKeys());
    }

    @Test
    void selectOnAClosedSelectorIsRefused() throws IOException {
        selector.close();
        assertRefused(() -> selector.select());
        assertRefused(() -> selector.select(1));
        assertRefused(() -> selector.select(0));
        assertRefused(() -> selector.selectNow());
        assertRefused(() -> selector.select(key -> fail("closed")));
        assertRefused(() -> selector.select(key -> fail("closed"), 1));
        assertRefused(() -> selector.selectNow(key -> fail("closed")));
    }

    @Test
    void registeringWithAClosedSelectorIsRefused() throws IOException {
        Pipe pipe = pipe();
        selector.close();
        assertRefused(() -> pipe.source().register(selector, OP_READ));
        assertFalse(pipe.source().isRegistered());
        assertNull(pipe.source().keyFor(selector));
    }

    @Test
    void wakeupOfAClosedSelectorDoesNothing() throws IOException {
        selector.close();
        assertSame(selector, selector.wakeup());
    }

    @Test
    void closedSelectorStillKnowsItsProviderAndItsName() throws IOException {
        selector.close();
        assertNotNull(selector.provider());
        assertNotNull(selector.toString());
    }

    @Test
    void argumentsAreCheckedBeforeTheState() throws IOException {
        selector.close();
        assertThrows(IllegalArgumentException.class, () -> selector.select(-1));
        assertThrows(NullPointerException.class, () -> selector.select(null));
    }

    @Test
    void closeInvalidatesTheKeys() throws IOException {
        SelectionKey key = readableKey();
        selector.close();
        assertFalse(key.isValid());
        assertThrows(CancelledKeyException.class, () -> key.interestOps());
        assertThrows(CancelledKeyException.class, () -> key.interestOps(0));
        assertThrows(CancelledKeyException.class, () -> key.readyOps());
    }

    @Test
    void keyOfAClosedSelectorCanBeCancelled() throws IOException {
        SelectionKey key = readableKey();
        selector.close();
        key.cancel();
        assertFalse(key.isValid());
        assertSame(selector, key.selector());
    }

    @Test
    void closeDeregistersTheChannelsAndLeavesThemOpen() throws IOException {
        SelectionKey key = readableKey();
        selector.close();
        assertFalse(key.channel().isRegistered());
        assertNull(key.channel().keyFor(selector));
        assertTrue(key.channel().isOpen());
        key.channel().configureBlocking(true);
        assertTrue(key.channel().isBlocking());
    }

    @Test
    void closeDeregistersKeysCancelledBeforeToo() throws IOException {
        SelectionKey key = readableKey();
        key.cancel();
        assertTrue(key.channel().isRegistered());
        selector.close();
        assertFalse(key.channel().isRegistered());
    }

    @Test
    void channelOfAClosedSelectorCanBeRegisteredWithAnother() throws IOException {
        SelectionKey key = readableKey();
        selector.close();
        Selector other = closeLater(Selector.open());
        SelectionKey again = key.channel().register(other, OP_READ);
        assertEquals(1, other.select());
        assertEquals(Set.of(again), other.selectedKeys());
    }

    @Test
    void setsHandedOutBeforeAreEmptyAfterTheClose() throws IOException {
        readableKey();
        selector.select();
        Set<SelectionKey> keys = selector.keys();
        Set<SelectionKey> selected = selector.selectedKeys();
        selector.close();
        assertTrue(keys.isEmpty());
        assertTrue(selected.isEmpty());
    }

    @Test
    void closeEndsABlockedSelectWithoutAnException() throws Exception {
        assertCloseEnds(selector -> selector.select());
        assertCloseEnds(selector -> selector.select(10 * LONG_MILLIS));
        assertCloseEnds(selector -> selector.select(key -> fail("nothing is ready")));
        assertCloseEnds(selector -> selector.select(key -> fail("nothing is ready"), 10 * LONG_MILLIS));
    }

    private interface Select {
        int on(Selector selector) throws IOException;
    }

    private void assertCloseEnds(Select select) throws Exception {
        Selector closing = closeLater(Selector.open());
        pipe().source().register(closing, OP_READ);
        BackgroundTask<Integer> task = BackgroundTask.startAndBlock(() -> select.on(closing));
        BackgroundTask.start((Callable<Void>) () -> {
            closing.close();
            return null;
        }).result();
        assertEquals(0, task.result());
        assertFalse(closing.isOpen());
    }

    @Test
    void closeReleasesAllThreadsThatWaitForASelect() throws Exception {
        pipe().source().register(selector, OP_READ);
        BackgroundTask<Integer> first = BackgroundTask.startAndBlock(() -> selector.select());
        BackgroundTask<Integer> second = BackgroundTask.startAndBlock(() -> selector.select());
        selector.close();
        int refused = refusals(first) + refusals(second);
        assertEquals(1, refused, "the thread in select returns, the one before it finds the selector closed");
    }

    private static int refusals(BackgroundTask<Integer> task) throws Exception {
        try {
            assertEquals(0, task.result());
            return 0;
        } catch (ClosedSelectorException e) {
            return 1;
        }
    }

    @Test
    void closeReleasesTheSelectorsDescriptors() throws Exception {
        TreeSet<String> before = OpenFiles.list();
        for (int i = 0; i < 20; i++) {
            Selector.open().close();
        }
        assertEquals(before, OpenFiles.list());
    }

    @Test
    void closeReleasesTheDescriptorsAfterUseToo() throws Exception {
        Pipe pipe = pipe();
        write(pipe, 1);
        TreeSet<String> before = OpenFiles.list();
        for (int i = 0; i < 20; i++) {
            Selector used = Selector.open();
            pipe.source().register(used, OP_READ);
            used.wakeup();
            assertEquals(1, used.select());
            used.close();
        }
        assertEquals(before, OpenFiles.list());
    }

    @Test
    void closeReleasesTheDescriptorsOfChannelsClosedBefore() throws Exception {
        TreeSet<String> before = OpenFiles.list();
        Selector closing = Selector.open();
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.source().register(closing, OP_READ);
        closing.selectNow();
        pipe.source().close();
        pipe.sink().close();
        closing.close();
        assertEquals(before, OpenFiles.list());
    }

    private static void assertRefused(Executable call) {
        assertThrows(ClosedSelectorException.class, call);
    }
}
