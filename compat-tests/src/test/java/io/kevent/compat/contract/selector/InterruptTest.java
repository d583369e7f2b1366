// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/** A thread that is interrupted before or during a select. */
class InterruptTest extends SelectorContract {

    @AfterEach
    void clearTheInterrupt() {
        Thread.interrupted();
    }

    private interface Select {
        int call() throws IOException;
    }

    private void assertReturnsInterrupted(Select select) throws IOException {
        Thread.currentThread().interrupt();
        assertEquals(0, select.call());
        assertTrue(Thread.interrupted(), "the interrupt status is kept");
        assertTrue(selector.isOpen(), "the selector stays open");
    }

    @Test
    void interruptBeforeEndsEachBlockingForm() throws IOException {
        assertReturnsInterrupted(() -> selector.select());
        assertReturnsInterrupted(() -> selector.select(10 * LONG_MILLIS));
        assertReturnsInterrupted(() -> selector.select(key -> fail("nothing is ready")));
        assertReturnsInterrupted(() -> selector.select(key -> fail("nothing is ready"), 10 * LONG_MILLIS));
    }

    @Test
    void everySelectOfAnInterruptedThreadReturnsAtOnce() throws IOException {
        Thread.currentThread().interrupt();
        for (int i = 0; i < 10; i++) {
            assertEquals(0, selector.select());
        }
        assertTrue(Thread.interrupted());
    }

    @Test
    void selectBlocksAgainOnceTheInterruptIsCleared() throws IOException {
        assertReturnsInterrupted(() -> selector.select());
        assertReportsNothing();
    }

    @Test
    void interruptBeforeDoesNotHideReadyKeys() throws IOException {
        SelectionKey key = readableKey();
        Thread.currentThread().interrupt();
        assertEquals(1, selector.select());
        assertTrue(Thread.interrupted());
        assertTrue(selector.selectedKeys().contains(key));
    }

    @Test
    void selectNowOfAnInterruptedThreadFindsReadyKeysAndKeepsTheStatus() throws IOException {
        readableKey();
        Thread.currentThread().interrupt();
        assertEquals(1, selector.selectNow());
        assertTrue(Thread.interrupted());
    }

    @Test
    void selectNowOfAnInterruptedThreadLeavesNoWakeupBehind() throws IOException {
        assertReturnsInterrupted(() -> selector.selectNow());
        assertReportsNothing();
    }

    @Test
    void interruptDuringEndsEachBlockingForm() throws Exception {
        assertInterruptEnds(() -> selector.select());
        assertInterruptEnds(() -> selector.select(10 * LONG_MILLIS));
        assertInterruptEnds(() -> selector.select(key -> fail("nothing is ready")));
        assertInterruptEnds(() -> selector.select(key -> fail("nothing is ready"), 10 * LONG_MILLIS));
    }

    private void assertInterruptEnds(Callable<Integer> work) throws Exception {
        BackgroundTask<Boolean> select = BackgroundTask.startAndBlock(() -> {
            assertEquals(0, work.call());
            return Thread.currentThread().isInterrupted();
        });
        select.thread().interrupt();
        assertTrue(select.result(), "the interrupt status is kept");
        assertTrue(selector.isOpen(), "the selector stays open");
    }

    @Test
    void interruptDuringDoesNotHarmTheKeys() throws Exception {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, SelectionKey.OP_READ);
        assertInterruptEnds(() -> selector.select());
        selector.selectNow();
        write(pipe, 1);
        assertReports(key, SelectionKey.OP_READ);
    }

    @Test
    void interruptOfAThreadThatHasLeftTheSelectDoesNotWakeTheSelector() throws Exception {
        BackgroundTask<Integer> other = BackgroundTask.start(() -> selector.selectNow());
        other.result();
        BackgroundTask<Boolean> once = BackgroundTask.start(() -> {
            selector.select(1);
            Thread.currentThread().interrupt();
            return Thread.currentThread().isInterrupted();
        });
        assertTrue(once.result());
        assertFalse(Thread.currentThread().isInterrupted());
        assertReportsNothing();
    }

    @Test
    void interruptAndCloseAndWakeupTogether() throws Exception {
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select());
        select.thread().interrupt();
        selector.close();
        selector.wakeup();
        assertEquals(0, select.result());
    }
}
