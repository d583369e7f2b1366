// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
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
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Write readiness is a level too: there is room in the socket's buffer, or there is none. */
class LevelWriteTest extends SelectorContract {

    private LoopbackPair pair;

    @BeforeEach
    void openPair() throws IOException {
        pair = pair();
    }

    /** Writes until a select says that there is no more room: the system may find some after the first refusal. */
    private long fill() throws IOException {
        long total = 0;
        do {
            total += pair.fillNear();
            selector.selectedKeys().clear();
        } while (selector.select(SHORT_MILLIS) > 0);
        return total;
    }

    @Test
    void roomIsReportedByEachSelect() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        for (int i = 0; i < 20; i++) {
            assertReports(key, OP_WRITE);
        }
    }

    @Test
    void roomIsReportedAfterASmallWrite() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        for (int i = 0; i < 20; i++) {
            assertEquals(1, pair.near().write(ByteBuffer.allocate(1)));
            assertReports(key, OP_WRITE);
        }
    }

    @Test
    void fullBufferIsNotReported() throws IOException {
        pair.near().register(selector, OP_WRITE);
        fill();
        assertReportsNothing();
    }

    @Test
    void bufferFullAtRegistrationIsNotReported() throws IOException {
        SelectionKey probe = pair.near().register(selector, OP_WRITE);
        fill();
        probe.cancel();
        selector.selectNow();
        pair.near().register(selector, OP_WRITE);
        assertReportsNothing();
    }

    @Test
    void bufferThatThePeerDrainsIsReported() throws Exception {
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        for (int round = 0; round < 3; round++) {
            long held = fill();
            pair.receive(held);
            assertReports(key, OP_WRITE);
            assertReports(key, OP_WRITE);
        }
    }

    @Test
    void blockedSelectReturnsWhenThePeerDrains() throws Exception {
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        long held = fill();
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select(LONG_MILLIS));
        pair.receive(held);
        assertEquals(1, select.result());
        assertTrue(key.isWritable());
    }

    @Test
    void bufferDrainedWhileTheInterestIsOffIsReportedWhenItIsOn() throws Exception {
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        long held = fill();
        key.interestOps(0);
        selector.selectNow();
        pair.receive(held);
        assertReportsNothing();
        key.interestOps(OP_WRITE);
        assertReports(key, OP_WRITE);
    }

    @Test
    void bufferFilledWhileTheInterestIsOffIsNotReportedWhenItIsOn() throws Exception {
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        assertReports(key, OP_WRITE);
        fill();
        key.interestOps(0);
        selector.selectNow();
        pair.receive(1);
        pair.near().write(ByteBuffer.allocate(1));
        key.interestOps(OP_WRITE);
        assertReportsNothing();
    }

    @Test
    void readIsReportedAloneWhileTheBufferIsFull() throws Exception {
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        fill();
        key.interestOps(OP_READ | OP_WRITE);
        assertReportsNothing();
        pair.send(1);
        assertReports(key, OP_READ);
        assertFalse(key.isWritable());
    }

    @Test
    void largeAmountGoesThroughASlowReader() throws Exception {
        int size = 5_000_000;
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        BackgroundTask<Void> receiver = BackgroundTask.start((Callable<Void>) () -> {
            pair.receive(size);
            return null;
        });
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            assertReports(key, OP_WRITE);
            pair.near().write(bytes);
        }
        receiver.result();
    }
}
