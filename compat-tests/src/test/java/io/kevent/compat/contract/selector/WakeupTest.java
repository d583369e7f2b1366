// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/** Wakeup before, during and after a select. */
class WakeupTest extends SelectorContract {

    @Test
    void wakeupReturnsTheSelector() {
        assertSame(selector, selector.wakeup());
    }

    @Test
    void wakeupBeforeEndsEachBlockingForm() throws IOException {
        selector.wakeup();
        assertEquals(0, selector.select());
        selector.wakeup();
        assertEquals(0, selector.select(10 * LONG_MILLIS));
        selector.wakeup();
        assertEquals(0, selector.select(key -> fail("nothing is ready")));
        selector.wakeup();
        assertEquals(0, selector.select(key -> fail("nothing is ready"), 10 * LONG_MILLIS));
    }

    @Test
    void wakeupBeforeEndsOneSelectOnly() throws IOException {
        selector.wakeup();
        assertEquals(0, selector.select());
        assertReportsNothing();
    }

    @Test
    void twoWakeupsBeforeCountAsOne() throws IOException {
        selector.wakeup();
        selector.wakeup();
        assertEquals(0, selector.select());
        assertReportsNothing();
    }

    @Test
    void manyWakeupsBeforeCountAsOne() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            selector.wakeup();
        }
        assertEquals(0, selector.select());
        assertReportsNothing();
    }

    @Test
    void wakeupOfAnotherThreadBeforeEndsTheSelect() throws Exception {
        BackgroundTask.start(selector::wakeup).result();
        assertEquals(0, selector.select());
        assertReportsNothing();
    }

    @Test
    void wakeupDuringEndsTheSelect() throws Exception {
        for (int i = 0; i < 5; i++) {
            BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select());
            selector.wakeup();
            assertEquals(0, select.result());
        }
        assertReportsNothing();
    }

    @Test
    void wakeupDuringEndsTheSelectWithTimeout() throws Exception {
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select(10 * LONG_MILLIS));
        selector.wakeup();
        assertEquals(0, select.result());
        assertReportsNothing();
    }

    @Test
    void wakeupDuringEndsTheSelectWithAction() throws Exception {
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select(key -> fail("nothing is ready")));
        selector.wakeup();
        assertEquals(0, select.result());
        assertReportsNothing();
    }

    @Test
    void selectNowConsumesAWakeup() throws IOException {
        selector.wakeup();
        assertEquals(0, selector.selectNow());
        assertReportsNothing();
    }

    @Test
    void selectNowConsumesAWakeupWithIdleKeys() throws IOException {
        pipe().source().register(selector, SelectionKey.OP_READ);
        selector.wakeup();
        assertEquals(0, selector.selectNow());
        assertReportsNothing();
    }

    @Test
    void selectNowWithActionConsumesAWakeup() throws IOException {
        selector.wakeup();
        assertEquals(0, selector.selectNow(key -> fail("nothing is ready")));
        assertReportsNothing();
    }

    @Test
    void wakeupDoesNotHideReadyKeys() throws IOException {
        SelectionKey key = readableKey();
        selector.wakeup();
        assertReports(key, SelectionKey.OP_READ);
    }

    @Test
    void selectThatReportsKeysConsumesTheWakeupToo() throws IOException {
        SelectionKey key = readableKey();
        selector.wakeup();
        assertReports(key, SelectionKey.OP_READ);
        drain(key.channel());
        assertReportsNothing();
    }

    @Test
    void selectNowThatReportsKeysConsumesTheWakeupToo() throws IOException {
        SelectionKey key = readableKey();
        selector.wakeup();
        assertEquals(1, selector.selectNow());
        drain(key.channel());
        assertReportsNothing();
    }

    @Test
    void wakeupAfterASelectEndsTheNext() throws Exception {
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select());
        selector.wakeup();
        assertEquals(0, select.result());
        selector.wakeup();
        assertEquals(0, selector.select());
        assertReportsNothing();
    }

    @Test
    void wakeupInASelectThatEndsByAnEventIsNotLost() throws Exception {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, SelectionKey.OP_READ);
        write(pipe, 1);
        assertEquals(1, selector.select());
        selector.wakeup();
        drain(key.channel());
        assertEquals(0, selector.select());
        assertReportsNothing();
    }

    @Test
    void wakeupDoesNotNeedTheSelectorsMonitor() throws Exception {
        synchronized (selector) {
            synchronized (selector.selectedKeys()) {
                BackgroundTask.start(selector::wakeup).result();
            }
        }
        assertEquals(0, selector.select());
    }

    @Test
    void wakeupWakesOnlyItsOwnSelector() throws Exception {
        Selector other = closeLater(Selector.open());
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> other.select());
        selector.wakeup();
        assertEquals(0, selector.select());
        assertFalse(select.isDone());
        other.wakeup();
        assertEquals(0, select.result());
    }

    @Test
    void wakeupDoesNotTouchKeys() throws IOException {
        SelectionKey key = pipe().source().register(selector, SelectionKey.OP_READ);
        selector.wakeup();
        assertEquals(0, selector.select());
        assertTrue(selector.selectedKeys().isEmpty());
        assertEquals(0, key.readyOps());
        assertEquals(SelectionKey.OP_READ, key.interestOps());
    }
}
