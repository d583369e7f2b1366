// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Read readiness is a level: reported by each select while there is something to read, and by none when there is not. */
class LevelReadTest extends SelectorContract {

    private LoopbackPair pair;
    private SelectionKey key;

    private void open(int ops) throws IOException {
        pair = pair();
        key = pair.near().register(selector, ops);
    }

    @Test
    void unreadDataIsReportedByEachSelect() throws IOException {
        open(OP_READ);
        pair.send(10);
        for (int i = 0; i < 20; i++) {
            assertReports(key, OP_READ);
        }
    }

    @Test
    void dataThatCameBeforeTheRegistrationIsReported() throws IOException {
        LoopbackPair early = pair();
        early.send(10);
        key = early.near().register(selector, OP_READ);
        assertReports(key, OP_READ);
    }

    @Test
    void whatAPartialReadLeavesIsReported() throws IOException {
        open(OP_READ);
        pair.send(10);
        for (int i = 0; i < 10; i++) {
            assertReports(key, OP_READ);
            assertEquals(1, pair.readNear(1));
        }
        assertReportsNothing();
    }

    @Test
    void drainedChannelIsNotReported() throws IOException {
        open(OP_READ);
        pair.send(10);
        assertReports(key, OP_READ);
        assertEquals(10, drain(pair.near()));
        assertReportsNothing();
    }

    @Test
    void exactlyDrainedChannelIsNotReported() throws IOException {
        open(OP_READ);
        pair.send(10);
        assertReports(key, OP_READ);
        // stops at the last byte: no read has been told yet that nothing is left
        assertEquals(10, pair.readNear(10));
        assertReportsNothing();
    }

    @Test
    void newDataAfterADrainIsReported() throws IOException {
        open(OP_READ);
        for (int i = 0; i < 20; i++) {
            pair.send(10);
            assertReports(key, OP_READ);
            assertEquals(10, drain(pair.near()));
        }
        assertReportsNothing();
    }

    @Test
    void newDataBehindUnreadDataIsReported() throws IOException {
        open(OP_READ);
        for (int i = 1; i <= 10; i++) {
            pair.send(10);
            assertReports(key, OP_READ);
            assertEquals(1, pair.readNear(1));
        }
        assertReports(key, OP_READ);
    }

    @Test
    void dataReadBetweenTheSelectsIsNotReported() throws IOException {
        Pipe pipe = pipe();
        key = pipe.source().register(selector, OP_READ);
        for (int i = 0; i < 5; i++) {
            write(pipe, 5);
            assertEquals(5, drain(pipe.source()));
            assertEquals(0, selector.selectNow());
        }
        assertReportsNothing();
    }

    @Test
    void dataReadBeforeTheFirstSelectIsNotReported() throws IOException {
        Pipe pipe = pipe();
        write(pipe, 5);
        key = pipe.source().register(selector, OP_READ);
        assertEquals(5, drain(pipe.source()));
        assertReportsNothing();
    }

    @Test
    void dataThatComesAndGoesAfterAReportIsNotReported() throws IOException {
        Pipe pipe = pipe();
        key = pipe.source().register(selector, OP_READ);
        write(pipe, 5);
        assertReports(key, OP_READ);
        drain(pipe.source());
        write(pipe, 5);
        drain(pipe.source());
        assertReportsNothing();
        write(pipe, 1);
        assertReports(key, OP_READ);
    }

    @Test
    void dataReadByAnotherThreadIsNotReported() throws Exception {
        Pipe pipe = pipe();
        key = pipe.source().register(selector, OP_READ);
        write(pipe, 5);
        assertReports(key, OP_READ);
        assertEquals(5, BackgroundTask.start(() -> drain(pipe.source())).result());
        assertReportsNothing();
    }

    @Test
    void largeAmountsAreReportedUntilTheLastByte() throws Exception {
        open(OP_READ);
        int size = 3_000_000;
        BackgroundTask<Void> sender = BackgroundTask.start(() -> {
            pair.send(size);
            return null;
        });
        ByteBuffer bytes = ByteBuffer.allocate(7_777);
        for (int received = 0; received < size;) {
            selector.selectedKeys().clear();
            assertEquals(1, selector.select(LONG_MILLIS));
            int n = pair.near().read(bytes.clear());
            assertTrue(n > 0, "a key reported as readable has something to read");
            received += n;
        }
        sender.result();
        assertReportsNothing();
    }

    @Test
    void idleKeysDoNotDisturbTheActiveOne() throws IOException {
        for (int i = 0; i < 50; i++) {
            pipe().source().register(selector, OP_READ);
        }
        open(OP_READ);
        for (int i = 0; i < 20; i++) {
            pair.send(1);
            assertReports(key, OP_READ);
            assertEquals(1, drain(pair.near()));
        }
        assertReportsNothing();
    }

    @Test
    void selectorsReportTheSameChannelEachForItself() throws IOException {
        Pipe pipe = pipe();
        SelectionKey first = pipe.source().register(selector, OP_READ);
        try (Selector other = Selector.open()) {
            SelectionKey second = pipe.source().register(other, OP_READ);
            write(pipe, 1);
            for (int i = 0; i < 3; i++) {
                assertReports(first, OP_READ);
                other.selectedKeys().clear();
                assertEquals(1, other.select());
                assertTrue(other.selectedKeys().contains(second));
            }
            drain(pipe.source());
            assertReportsNothing();
            other.selectedKeys().clear();
            assertEquals(0, other.selectNow());
        }
    }
}
