// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Waiting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** FIN, half-close and reset as a selector shows them. */
class HangUpTest extends SelectorContract {

    private LoopbackPair pair;

    @BeforeEach
    void openPair() throws IOException {
        pair = pair();
    }

    @Test
    void endOfStreamIsReportedByEachSelect() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.far().close();
        for (int i = 0; i < 10; i++) {
            assertReports(key, OP_READ);
            assertEquals(-1, pair.readNear(1), "end of stream can be read again and again");
        }
    }

    @Test
    void endOfStreamThatCameBeforeTheRegistrationIsReported() throws IOException {
        pair.far().close();
        SelectionKey key = pair.near().register(selector, OP_READ);
        assertReports(key, OP_READ);
    }

    @Test
    void endOfStreamBehindDataIsReported() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.send(10);
        assertReports(key, OP_READ);
        pair.far().close();
        assertReports(key, OP_READ);
        // exactly the data, so that no read has been told of the end yet
        assertEquals(10, pair.readNear(10));
        assertReports(key, OP_READ);
        assertEquals(-1, pair.readNear(1));
    }

    @Test
    void endOfStreamThatComesWithTheDataIsReportedAfterTheData() throws IOException {
        pair.send(10);
        pair.far().close();
        SelectionKey key = pair.near().register(selector, OP_READ);
        assertReports(key, OP_READ);
        assertEquals(4, pair.readNear(4));
        assertReports(key, OP_READ);
        assertEquals(6, pair.readNear(6));
        assertReports(key, OP_READ);
        assertEquals(-1, pair.readNear(1));
    }

    @Test
    void endOfStreamAfterADrainIsReported() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.send(10);
        assertReports(key, OP_READ);
        drain(pair.near());
        assertReportsNothing();
        pair.far().close();
        assertReports(key, OP_READ);
    }

    @Test
    void endOfStreamWithInterestOffIsReportedWhenItIsOn() throws IOException {
        SelectionKey key = pair.near().register(selector, 0);
        pair.far().close();
        assertReportsNothing();
        key.interestOps(OP_READ);
        assertReports(key, OP_READ);
        key.interestOps(0);
        assertReportsNothing();
        key.interestOps(OP_READ);
        assertReports(key, OP_READ);
    }

    @Test
    void peerMayGoOnReadingAfterItsHalfClose() throws Exception {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.far().shutdownOutput();
        assertReports(key, OP_READ);
        assertEquals(-1, pair.readNear(1));
        key.interestOps(OP_WRITE);
        assertReports(key, OP_WRITE);
        assertEquals(3, pair.near().write(ByteBuffer.allocate(3)));
        pair.receive(3);
    }

    @Test
    void halfCloseOfThePeerMakesNothingWritableThatWasNot() throws Exception {
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        do {
            pair.fillNear();
            selector.selectedKeys().clear();
        } while (selector.select(SHORT_MILLIS) > 0);
        pair.far().shutdownOutput();
        assertReportsNothing();
        key.interestOps(OP_READ | OP_WRITE);
        assertReports(key, OP_READ);
    }

    @Test
    void ownShutdownOfTheInputIsReportedAsReadable() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        assertReportsNothing();
        pair.near().shutdownInput();
        assertReports(key, OP_READ);
        assertEquals(-1, pair.readNear(1));
    }

    @Test
    void ownShutdownOfTheInputEndsABlockedSelect() throws Exception {
        SelectionKey key = pair.near().register(selector, OP_READ);
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select(LONG_MILLIS));
        pair.near().shutdownInput();
        assertEquals(1, select.result());
        assertTrue(key.isReadable());
    }

    @Test
    void ownShutdownOfTheOutputLeavesReadingAsItWas() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.near().shutdownOutput();
        assertReportsNothing();
        pair.send(2);
        assertReports(key, OP_READ);
        assertEquals(2, drain(pair.near()));
        assertReportsNothing();
    }

    @Test
    void bothDirectionsClosedMakeTheWholeInterestReady() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ | OP_WRITE);
        pair.near().shutdownOutput();
        pair.far().close();
        untilReports(key, OP_READ | OP_WRITE);
        assertReports(key, OP_READ | OP_WRITE);
    }

    @Test
    void resetIsReportedAndTheReadTells() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.resetFar();
        assertReports(key, OP_READ);
        assertThrows(IOException.class, () -> pair.readNear(1));
    }

    @Test
    void resetMakesTheWholeInterestReady() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ | OP_WRITE);
        pair.resetFar();
        untilReports(key, OP_READ | OP_WRITE);
        assertReports(key, OP_READ | OP_WRITE);
    }

    @Test
    void resetIsReportedToAWriterWithAFullBuffer() throws Exception {
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        do {
            pair.fillNear();
            selector.selectedKeys().clear();
        } while (selector.select(SHORT_MILLIS) > 0);
        pair.resetFar();
        assertReports(key, OP_WRITE);
        assertThrows(IOException.class, () -> pair.near().write(ByteBuffer.allocate(1)));
    }

    @Test
    void resetBehindUnreadDataIsReported() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.send(10);
        assertReports(key, OP_READ);
        pair.resetFar();
        assertReports(key, OP_READ);
    }

    @Test
    void resetIsStillReportedAfterItHasBeenRead() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.resetFar();
        assertReports(key, OP_READ);
        assertThrows(IOException.class, () -> pair.readNear(1));
        assertReports(key, OP_READ);
    }

    @Test
    void resetWithInterestOffReportsNothingAndDoesNotEndASelect() throws Exception {
        SelectionKey key = pair.near().register(selector, OP_READ);
        assertReportsNothing();
        key.interestOps(0);
        pair.resetFar();
        for (int i = 0; i < 5; i++) {
            assertReportsNothing();
        }
        key.interestOps(OP_READ);
        assertReports(key, OP_READ);
    }

    @Test
    void hangUpWithInterestOffReportsNothingAndDoesNotEndASelect() throws Exception {
        SelectionKey key = pair.near().register(selector, 0);
        pair.near().shutdownOutput();
        pair.far().close();
        for (int i = 0; i < 5; i++) {
            assertReportsNothing();
        }
        assertEquals(0, key.readyOps());
        key.interestOps(OP_READ);
        assertReports(key, OP_READ);
    }

    @Test
    void hangUpDoesNotEndABlockedSelectWithInterestOff() throws Exception {
        SelectionKey key = pair.near().register(selector, OP_READ);
        assertReportsNothing();
        key.interestOps(0);
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select());
        pair.resetFar();
        BackgroundTask<Void> witness = BackgroundTask.start((Callable<Void>) () -> {
            // the reset has arrived once it can be seen on the channel itself
            while (isAlive()) {
                Thread.onSpinWait();
            }
            return null;
        });
        witness.result();
        Waiting.untilBlocked(select.thread());
        assertFalse(select.isDone());
        selector.wakeup();
        assertEquals(0, select.result());
        assertTrue(key.isValid());
    }

    private boolean isAlive() {
        try {
            return pair.readNear(1) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void untilReports(SelectionKey key, int ops) throws IOException {
        do {
            selector.selectedKeys().clear();
            assertEquals(1, selector.select(LONG_MILLIS));
        } while (key.readyOps() != ops);
    }
}
