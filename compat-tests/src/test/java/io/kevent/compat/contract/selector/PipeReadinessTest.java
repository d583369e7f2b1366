// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Both ends of a pipe. */
class PipeReadinessTest extends SelectorContract {

    private Pipe pipe;

    @BeforeEach
    void openPipe() throws IOException {
        pipe = pipe();
    }

    private void fill() throws IOException {
        int n;
        do {
            n = pipe.sink().write(ByteBuffer.allocate(1 << 16));
        } while (n > 0);
    }

    @Test
    void sourceIsReportedWhileThereIsSomethingToRead() throws IOException {
        SelectionKey key = pipe.source().register(selector, OP_READ);
        assertReportsNothing();
        write(pipe, 3);
        assertReports(key, OP_READ);
        assertReports(key, OP_READ);
        drain(pipe.source());
        assertReportsNothing();
    }

    @Test
    void sinkIsReportedWhileThereIsRoom() throws IOException {
        SelectionKey key = pipe.sink().register(selector, OP_WRITE);
        assertReports(key, OP_WRITE);
        assertReports(key, OP_WRITE);
        fill();
        assertReportsNothing();
        drain(pipe.source());
        assertReports(key, OP_WRITE);
    }

    @Test
    void bothEndsAreReportedTogether() throws IOException {
        SelectionKey reads = pipe.source().register(selector, OP_READ);
        SelectionKey writes = pipe.sink().register(selector, OP_WRITE);
        write(pipe, 1);
        assertEquals(2, selector.select());
        assertEquals(Set.of(reads, writes), selector.selectedKeys());
        assertEquals(OP_READ, reads.readyOps());
        assertEquals(OP_WRITE, writes.readyOps());
    }

    @Test
    void closedSinkIsReportedAsEndOfStreamByEachSelect() throws IOException {
        SelectionKey key = pipe.source().register(selector, OP_READ);
        pipe.sink().close();
        for (int i = 0; i < 5; i++) {
            assertReports(key, OP_READ);
            assertEquals(-1, pipe.source().read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void closedSinkBehindDataIsReportedAfterTheData() throws IOException {
        SelectionKey key = pipe.source().register(selector, OP_READ);
        write(pipe, 2);
        pipe.sink().close();
        assertReports(key, OP_READ);
        assertEquals(2, pipe.source().read(ByteBuffer.allocate(2)));
        assertReports(key, OP_READ);
        assertEquals(-1, pipe.source().read(ByteBuffer.allocate(2)));
    }

    @Test
    void closedSourceIsReportedToTheSink() throws IOException {
        SelectionKey key = pipe.sink().register(selector, OP_WRITE);
        fill();
        assertReportsNothing();
        pipe.source().close();
        assertReports(key, OP_WRITE);
        assertThrows(IOException.class, () -> pipe.sink().write(ByteBuffer.allocate(1)));
        assertReports(key, OP_WRITE);
    }

    @Test
    void hangUpWithInterestOffReportsNothing() throws IOException {
        SelectionKey key = pipe.source().register(selector, 0);
        pipe.sink().close();
        assertReportsNothing();
        assertReportsNothing();
        key.interestOps(OP_READ);
        assertReports(key, OP_READ);
        key.interestOps(0);
        assertReportsNothing();
    }

    @Test
    void hangUpOfTheSinkWithInterestOffReportsNothing() throws IOException {
        SelectionKey key = pipe.sink().register(selector, OP_WRITE);
        assertReports(key, OP_WRITE);
        key.interestOps(0);
        pipe.source().close();
        assertReportsNothing();
        assertReportsNothing();
        key.interestOps(OP_WRITE);
        assertReports(key, OP_WRITE);
    }

    @Test
    void sinkIsReportedAgainForEachRoomThatIsMade() throws IOException {
        SelectionKey key = pipe.sink().register(selector, OP_WRITE);
        for (int i = 0; i < 10; i++) {
            fill();
            selector.selectedKeys().clear();
            assertEquals(0, selector.selectNow());
            drain(pipe.source());
            assertReports(key, OP_WRITE);
        }
    }
}
