// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.Waiting;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A selection synchronizes on the selector, then on the selected-key set; everything else gets by without. */
class LockingTest extends SelectorContract {

    private Callable<Void> closing() {
        return () -> {
            selector.close();
            return null;
        };
    }

    @Test
    void monitorOfTheSelectorHoldsASelectBack() throws Exception {
        readableKey();
        BackgroundTask<Integer> select;
        synchronized (selector) {
            select = BackgroundTask.startAndBlock(() -> selector.selectNow());
            assertFalse(select.isDone());
        }
        assertEquals(1, select.result());
    }

    @Test
    void monitorOfTheSelectedSetHoldsASelectBack() throws Exception {
        readableKey();
        BackgroundTask<Integer> select;
        synchronized (selector.selectedKeys()) {
            select = BackgroundTask.startAndBlock(() -> selector.selectNow());
            assertFalse(select.isDone());
        }
        assertEquals(1, select.result());
    }

    @Test
    void monitorOfTheKeySetDoesNotHoldASelectBack() throws Exception {
        readableKey();
        synchronized (selector.keys()) {
            assertEquals(1, BackgroundTask.start(() -> selector.selectNow()).result());
        }
    }

    @Test
    void selectHoldsBothMonitorsWhileItIsBlocked() throws Exception {
        Set<SelectionKey> selected = selector.selectedKeys();
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select());
        BackgroundTask<Boolean> first = BackgroundTask.startAndBlock(() -> {
            synchronized (selector) {
                return select.isDone();
            }
        });
        BackgroundTask<Boolean> second = BackgroundTask.startAndBlock(() -> {
            synchronized (selected) {
                return true;
            }
        });
        assertFalse(first.isDone());
        assertFalse(second.isDone());
        selector.wakeup();
        select.result();
        first.result();
        assertTrue(second.result());
    }

    @Test
    void secondSelectWaitsForTheFirst() throws Exception {
        BackgroundTask<Integer> first = BackgroundTask.startAndBlock(() -> selector.select());
        BackgroundTask<Integer> second = BackgroundTask.startAndBlock(() -> selector.selectNow());
        assertFalse(first.isDone());
        assertFalse(second.isDone());
        selector.wakeup();
        assertEquals(0, first.result());
        assertEquals(0, second.result());
    }

    @Test
    void closeWaitsForTheMonitors() throws Exception {
        BackgroundTask<Void> close;
        synchronized (selector.selectedKeys()) {
            close = BackgroundTask.startAndBlock(closing());
            assertFalse(close.isDone());
            assertFalse(selector.isOpen());
        }
        close.result();
    }

    @Test
    void registeringNeedsNoMonitorOfTheSelector() throws Exception {
        Pipe pipe = pipe();
        write(pipe, 1);
        synchronized (selector) {
            synchronized (selector.selectedKeys()) {
                SelectionKey key = BackgroundTask.start(() -> pipe.source().register(selector, OP_READ)).result();
                assertTrue(selector.keys().contains(key));
            }
        }
        assertEquals(1, selector.select());
    }

    @Test
    void keysAreChangedAndCancelledWithoutTheMonitors() throws Exception {
        SelectionKey key = readableKey();
        synchronized (selector) {
            synchronized (selector.selectedKeys()) {
                BackgroundTask.start(() -> {
                    key.interestOps(0);
                    key.interestOps(OP_READ);
                    key.cancel();
                    return null;
                }).result();
            }
        }
        assertReportsNothing();
    }

    @Test
    void channelIsClosedWithoutTheMonitors() throws Exception {
        SelectionKey key = readableKey();
        synchronized (selector) {
            BackgroundTask.start(() -> {
                key.channel().close();
                return null;
            }).result();
        }
        assertReportsNothing();
    }

    @Test
    void registeringDuringABlockedSelectDoesNotWaitAndTakesEffectAfterAWakeup() throws Exception {
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select());
        SelectionKey key = BackgroundTask.start(this::readableKey).result();
        assertTrue(selector.keys().contains(key));
        Waiting.untilBlocked(select.thread());
        assertFalse(select.isDone(), "no effect on the select in progress");
        selector.wakeup();
        assertEquals(0, select.result());
        assertReports(key, OP_READ);
    }

    @Test
    void selectInterruptedWhileItWaitsForTheMonitorReturnsAtOnceAfterwards() throws Exception {
        BackgroundTask<Boolean> select;
        synchronized (selector) {
            select = BackgroundTask.startAndBlock(() -> {
                selector.select();
                return Thread.currentThread().isInterrupted();
            });
            select.thread().interrupt();
        }
        assertTrue(select.result());
    }

    @Test
    void wakeupWhileASelectWaitsForTheMonitorEndsIt() throws Exception {
        BackgroundTask<Integer> select;
        synchronized (selector) {
            select = BackgroundTask.startAndBlock(() -> selector.select());
            selector.wakeup();
        }
        assertEquals(0, select.result());
    }

    @Test
    void onlyTheSelectingThreadSeesTheReentrancyRule() throws Exception {
        readableKey();
        assertEquals(1, selector.select(key -> {
            try {
                BackgroundTask<Integer> other = BackgroundTask.startAndBlock(() -> selector.selectNow());
                assertFalse(other.isDone(), "another thread waits, it is not refused");
                key.attach(other);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }));
        BackgroundTask<?> other = (BackgroundTask<?>) selector.keys().iterator().next().attachment();
        assertEquals(1, other.result());
    }
}
