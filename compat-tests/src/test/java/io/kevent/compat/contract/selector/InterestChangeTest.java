// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Waiting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Changes of the interest set take effect with the next select, whatever came in between. */
class InterestChangeTest extends SelectorContract {

    @Test
    void emptyInterestReportsNothing() throws IOException {
        SelectionKey key = readableKey();
        key.interestOps(0);
        assertReportsNothing();
        assertReportsNothing();
    }

    @Test
    void emptyInterestAtRegistrationReportsNothing() throws IOException {
        Pipe pipe = pipe();
        write(pipe, 1);
        pipe.source().register(selector, 0);
        assertReportsNothing();
    }

    @Test
    void interestTurnedOnWithUnreadDataReportsIt() throws IOException {
        Pipe pipe = pipe();
        write(pipe, 1);
        SelectionKey key = pipe.source().register(selector, 0);
        assertReportsNothing();
        key.interestOps(OP_READ);
        assertReports(key, OP_READ);
        assertReports(key, OP_READ);
    }

    @Test
    void dataThatComesWhileTheInterestIsOffIsReportedWhenItIsOn() throws IOException {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, OP_READ);
        assertReportsNothing();
        key.interestOps(0);
        selector.selectNow();
        write(pipe, 1);
        assertReportsNothing();
        key.interestOps(OP_READ);
        assertReports(key, OP_READ);
    }

    @Test
    void dataReadWhileTheInterestIsOffIsNotReported() throws IOException {
        SelectionKey key = readableKey();
        assertReports(key, OP_READ);
        key.interestOps(0);
        assertReportsNothing();
        drain(key.channel());
        key.interestOps(OP_READ);
        assertReportsNothing();
    }

    @Test
    void interestTurnedOffAndOnBeforeTheNextSelectReportsUnreadData() throws IOException {
        SelectionKey key = readableKey();
        for (int i = 0; i < 20; i++) {
            assertReports(key, OP_READ);
            key.interestOps(0);
            key.interestOps(OP_READ);
        }
    }

    @Test
    void interestTurnedOffAndOnWithADrainBetweenReportsNothing() throws IOException {
        SelectionKey key = readableKey();
        assertReports(key, OP_READ);
        key.interestOps(0);
        drain(key.channel());
        key.interestOps(OP_READ);
        assertReportsNothing();
    }

    @Test
    void interestTurnedOffAndOnWithNewDataBetweenReportsIt() throws IOException {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, OP_READ);
        for (int i = 0; i < 20; i++) {
            write(pipe, 1);
            assertReports(key, OP_READ);
            key.interestOps(0);
            drain(pipe.source());
            write(pipe, 1);
            key.interestOps(OP_READ);
            assertReports(key, OP_READ);
            drain(pipe.source());
        }
        assertReportsNothing();
    }

    @Test
    void interestOffOverASelectAndOnAgainReportsUnreadData() throws IOException {
        SelectionKey key = readableKey();
        for (int i = 0; i < 10; i++) {
            assertReports(key, OP_READ);
            key.interestOps(0);
            selector.selectedKeys().clear();
            assertEquals(0, selector.selectNow());
            key.interestOps(OP_READ);
        }
    }

    @Test
    void interestTurnedOnAndOffBeforeTheNextSelectReportsNothing() throws IOException {
        SelectionKey key = readableKey();
        key.interestOps(0);
        assertReportsNothing();
        key.interestOps(OP_READ);
        key.interestOps(0);
        assertReportsNothing();
    }

    @Test
    void interestChangedFromWriteToReadAndBack() throws IOException {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        for (int i = 0; i < 5; i++) {
            assertReports(key, OP_WRITE);
            key.interestOps(OP_READ);
            assertReportsNothing();
            pair.send(1);
            assertReports(key, OP_READ);
            drain(pair.near());
            key.interestOps(OP_WRITE);
        }
    }

    @Test
    void interestInWritingAddedWithUnreadDataReportsBoth() throws IOException {
        LoopbackPair pair = pair();
        pair.send(1);
        SelectionKey key = pair.near().register(selector, OP_READ);
        assertReports(key, OP_READ);
        key.interestOpsOr(OP_WRITE);
        assertReports(key, OP_READ | OP_WRITE);
        key.interestOpsAnd(~OP_READ);
        assertReports(key, OP_WRITE);
        key.interestOpsAnd(0);
        assertReportsNothing();
        key.interestOpsOr(OP_READ);
        assertReports(key, OP_READ);
    }

    @Test
    void sameInterestSetAgainChangesNothing() throws IOException {
        SelectionKey key = readableKey();
        for (int i = 0; i < 5; i++) {
            key.interestOps(OP_READ);
            assertReports(key, OP_READ);
        }
        drain(key.channel());
        key.interestOps(OP_READ);
        assertReportsNothing();
    }

    @Test
    void interestTurnedOnDuringABlockedSelectTakesEffectAfterAWakeup() throws Exception {
        SelectionKey key = readableKey();
        key.interestOps(0);
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select());
        key.interestOps(OP_READ);
        Waiting.untilBlocked(select.thread());
        assertFalse(select.isDone(), "no effect on the select in progress");
        selector.wakeup();
        assertEquals(0, select.result());
        assertReports(key, OP_READ);
    }

    @Test
    void wakeupThenInterestTurnedOnByAnotherThreadIsSeenByOneOfTheNextSelects() throws Exception {
        SelectionKey key = readableKey();
        key.interestOps(0);
        BackgroundTask<Integer> loop = BackgroundTask.startAndBlock(() -> {
            int updated = 0;
            while (updated == 0) {
                updated = selector.select(LONG_MILLIS);
            }
            return updated;
        });
        key.interestOps(OP_READ);
        selector.wakeup();
        assertEquals(1, loop.result());
        assertTrue(key.isReadable());
    }

    @Test
    void interestTurnedOffDuringABlockedSelectHoldsForTheNext() throws Exception {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, OP_READ);
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select());
        key.interestOps(0);
        // the select in progress may see this data or not
        write(pipe, 1);
        selector.wakeup();
        select.result();
        selector.selectNow();
        assertReportsNothing();
        key.interestOps(OP_READ);
        assertReports(key, OP_READ);
    }

    @Test
    void interestIsReadAndChangedWithoutWaitingForASelect() throws Exception {
        SelectionKey key = pipe().source().register(selector, OP_READ);
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select());
        BackgroundTask<Integer> change = BackgroundTask.start(() -> key.interestOps(0).interestOps());
        assertEquals(0, change.result());
        assertEquals(0, key.interestOpsOr(OP_READ));
        assertEquals(0, key.readyOps());
        assertFalse(select.isDone());
        selector.wakeup();
        select.result();
    }

    @Test
    void peerThatStreamsIntoAKeyWithInterestOffDoesNotEndASelect() throws Exception {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.send(1);
        assertReports(key, OP_READ);
        key.interestOps(0);
        AtomicBoolean done = new AtomicBoolean();
        BackgroundTask<Void> sender = BackgroundTask.start((Callable<Void>) () -> {
            while (!done.get()) {
                // the room it needs is made by the drain below, so it never blocks for good
                pair.send(100);
            }
            return null;
        });
        int returns = 0;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(400);
        while (System.nanoTime() < end) {
            assertEquals(0, selector.select(200));
            drain(pair.near());
            returns++;
        }
        done.set(true);
        Waiting.until("the sender has stopped", () -> {
            drain(pair.near());
            return sender.isDone();
        });
        sender.result();
        assertTrue(returns <= 3, "select returned " + returns + " times with nothing to report");
        key.interestOps(OP_READ);
        pair.send(1);
        assertReports(key, OP_READ);
    }

    @Test
    void loopThatTurnsTheInterestOffForEachRequestLosesNone() throws Exception {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_READ);
        int requests = 2_000;
        BackgroundTask<Void> peer = BackgroundTask.start((Callable<Void>) () -> {
            for (int i = 0; i < requests; i++) {
                pair.send(1);
                pair.receive(1);
            }
            return null;
        });
        for (int i = 0; i < requests; i++) {
            assertReports(key, OP_READ);
            key.interestOps(0);
            assertEquals(1, drain(pair.near()));
            key.interestOps(OP_READ);
            pair.near().write(ByteBuffer.allocate(1));
        }
        peer.result();
        assertReportsNothing();
    }
}
