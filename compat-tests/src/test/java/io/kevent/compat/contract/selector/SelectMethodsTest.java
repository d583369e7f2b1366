// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/** The arguments, time limits and results of the six select methods. */
class SelectMethodsTest extends SelectorContract {

    private static final long TIMEOUT = 120;
    private static final Consumer<SelectionKey> NO_ACTION_EXPECTED = key -> fail("unexpected " + key);

    @Test
    void newSelectorIsOpenAndEmpty() {
        assertTrue(selector.isOpen());
        assertTrue(selector.keys().isEmpty());
        assertTrue(selector.selectedKeys().isEmpty());
    }

    @Test
    void selectorKnowsItsProvider() {
        assertEquals(SelectorProvider.provider(), selector.provider());
    }

    @Test
    void selectNowReturnsZeroWithoutKeys() throws IOException {
        assertEquals(0, selector.selectNow());
        assertEquals(0, selector.selectNow(NO_ACTION_EXPECTED));
    }

    @Test
    void selectNowReturnsZeroWhenNothingIsReady() throws IOException {
        pipe().source().register(selector, SelectionKey.OP_READ);
        assertEquals(0, selector.selectNow());
        assertEquals(0, selector.selectNow(NO_ACTION_EXPECTED));
    }

    @Test
    void timeoutIsKeptWithoutKeys() throws Exception {
        assertTakesItsTime(() -> selector.select(TIMEOUT));
        assertTakesItsTime(() -> selector.select(NO_ACTION_EXPECTED, TIMEOUT));
    }

    @Test
    void timeoutIsKeptWhenNothingIsReady() throws Exception {
        pipe().source().register(selector, SelectionKey.OP_READ);
        assertTakesItsTime(() -> selector.select(TIMEOUT));
        assertTakesItsTime(() -> selector.select(NO_ACTION_EXPECTED, TIMEOUT));
    }

    @Test
    void timeoutIsKeptWithEmptyInterest() throws Exception {
        Pipe pipe = pipe();
        write(pipe, 1);
        pipe.source().register(selector, 0);
        assertTakesItsTime(() -> selector.select(TIMEOUT));
    }

    @Test
    void timeoutOfOneMillisecondIsKept() throws IOException {
        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            assertEquals(0, selector.select(1));
            assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Test
    void timeoutOfZeroBlocksWithoutLimit() throws Exception {
        assertBlocksUntilWakeup(() -> selector.select(0));
        assertBlocksUntilWakeup(() -> selector.select(NO_ACTION_EXPECTED, 0));
    }

    @Test
    void selectWithoutTimeoutBlocks() throws Exception {
        assertBlocksUntilWakeup(() -> selector.select());
        assertBlocksUntilWakeup(() -> selector.select(NO_ACTION_EXPECTED));
    }

    @Test
    void timeoutBeyondTheRangeOfAnIntBlocks() throws Exception {
        for (long timeout : new long[] {Integer.MAX_VALUE, 1L << 31, 1L << 32, (1L << 32) + 1, Long.MAX_VALUE}) {
            assertBlocksUntilWakeup(() -> selector.select(timeout));
            assertBlocksUntilWakeup(() -> selector.select(NO_ACTION_EXPECTED, timeout));
        }
    }

    @Test
    void negativeTimeoutIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> selector.select(-1));
        assertThrows(IllegalArgumentException.class, () -> selector.select(Long.MIN_VALUE));
        assertThrows(IllegalArgumentException.class, () -> selector.select(NO_ACTION_EXPECTED, -1));
    }

    @Test
    void nullActionIsRefused() {
        assertThrows(NullPointerException.class, () -> selector.select(null));
        assertThrows(NullPointerException.class, () -> selector.select(null, 1));
        assertThrows(NullPointerException.class, () -> selector.selectNow(null));
    }

    @Test
    void refusedArgumentsLeaveTheSelectorUsable() throws IOException {
        SelectionKey key = readableKey();
        assertThrows(IllegalArgumentException.class, () -> selector.select(-1));
        assertThrows(NullPointerException.class, () -> selector.select(null));
        assertReports(key, SelectionKey.OP_READ);
    }

    @Test
    void eachFormFindsAReadyKey() throws IOException {
        SelectionKey key = readableKey();
        assertEquals(1, selector.selectNow());
        selector.selectedKeys().clear();
        assertEquals(1, selector.select());
        selector.selectedKeys().clear();
        assertEquals(1, selector.select(LONG_MILLIS));
        selector.selectedKeys().clear();
        assertEquals(1, selector.selectNow(found -> assertEquals(key, found)));
        assertEquals(1, selector.select(found -> assertEquals(key, found)));
        assertEquals(1, selector.select(found -> assertEquals(key, found), LONG_MILLIS));
    }

    @Test
    void resultCountsTheKeysUpdated() throws IOException {
        for (int i = 0; i < 7; i++) {
            readableKey();
        }
        pipe().source().register(selector, SelectionKey.OP_READ);
        assertEquals(7, selector.select());
        assertEquals(7, selector.selectedKeys().size());
    }

    @Test
    void resultDoesNotCountKeysThatStaySelectedWithTheSameOperations() throws IOException {
        readableKey();
        assertEquals(1, selector.select());
        readableKey();
        readableKey();
        assertEquals(2, selector.select());
        assertEquals(3, selector.selectedKeys().size());
    }

    @Test
    void selectReturnsZeroAtOnceWhileASelectedKeyStaysReady() throws IOException {
        SelectionKey key = readableKey();
        assertEquals(1, selector.select());
        for (int i = 0; i < 5; i++) {
            // without a limit: code that forgets to remove a key is told so by a loop, not by silence
            assertEquals(0, selector.select());
            assertEquals(0, selector.select(LONG_MILLIS));
            assertEquals(0, selector.selectNow());
        }
        assertTrue(selector.selectedKeys().contains(key));
    }

    @Test
    void selectBlocksWhenASelectedKeyIsNoLongerReady() throws IOException {
        SelectionKey key = readableKey();
        assertEquals(1, selector.select());
        assertEquals(1, drain(key.channel()));
        assertBlocks();
        assertTrue(selector.selectedKeys().contains(key), "only its user removes a key from the selected set");
    }

    @Test
    void blockedSelectReturnsWhenAChannelBecomesReady() throws Exception {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, SelectionKey.OP_READ);
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select());
        write(pipe, 1);
        assertEquals(1, select.result());
        assertTrue(selector.selectedKeys().contains(key));
    }

    @Test
    void blockedSelectWithTimeoutReturnsWhenAChannelBecomesReady() throws Exception {
        Pipe pipe = pipe();
        pipe.source().register(selector, SelectionKey.OP_READ);
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select(10 * LONG_MILLIS));
        write(pipe, 1);
        assertEquals(1, select.result());
    }

    private static void assertTakesItsTime(Callable<Integer> select) throws Exception {
        long start = System.nanoTime();
        assertEquals(0, select.call());
        assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(TIMEOUT), "select returned before its time was up");
    }

    private void assertBlocksUntilWakeup(Callable<Integer> work) throws Exception {
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(work);
        assertFalse(select.isDone());
        selector.wakeup();
        assertEquals(0, select.result());
    }
}
