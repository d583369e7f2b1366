// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Both ends of a pipe with a selector. */
class PipeTest {

    private Selector selector;
    private Pipe.SourceChannel source;
    private Pipe.SinkChannel sink;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        Pipe pipe = Pipe.open();
        source = pipe.source();
        sink = pipe.sink();
        source.configureBlocking(false);
        sink.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        sink.close();
        source.close();
        selector.close();
    }

    @Test
    void sourceReadsAndSinkWritesOnly() {
        assertEquals(OP_READ, source.validOps());
        assertEquals(OP_WRITE, sink.validOps());
        assertThrows(IllegalArgumentException.class, () -> source.register(selector, OP_WRITE));
        assertThrows(IllegalArgumentException.class, () -> sink.register(selector, OP_READ));
    }

    @Test
    void emptyPipeIsNotReadable() throws IOException {
        source.register(selector, OP_READ);
        Selecting.assertSilent(selector);
        assertEquals(0, source.read(ByteBuffer.allocate(1)));
    }

    @Test
    void dataIsReadableUntilItIsRead() throws IOException {
        SelectionKey key = source.register(selector, OP_READ);
        sink.write(ByteBuffer.allocate(5));
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(3, source.read(ByteBuffer.allocate(3)));
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(2, source.read(ByteBuffer.allocate(3)));
        Selecting.assertSilent(selector);
    }

    @Test
    void bothEndsAreReportedByOneSelector() throws IOException {
        SelectionKey reader = source.register(selector, OP_READ);
        SelectionKey writer = sink.register(selector, OP_WRITE);
        assertEquals(1, selector.select());
        assertEquals(Set.of(writer), selector.selectedKeys());
        sink.write(ByteBuffer.allocate(1));
        selector.selectedKeys().clear();
        assertEquals(2, selector.select());
        assertEquals(Set.of(reader, writer), selector.selectedKeys());
    }

    @Test
    void fullPipeIsNotWritableUntilItIsRead() throws IOException {
        long filled = fill();
        assertTrue(filled > 0);
        assertEquals(0, sink.write(ByteBuffer.allocate(1)));
        SelectionKey key = sink.register(selector, OP_WRITE);
        Selecting.assertSilent(selector);
        for (long left = filled; left > 0;) {
            left -= source.read(ByteBuffer.allocate(1 << 12));
        }
        assertEquals(OP_WRITE, Selecting.report(key));
    }

    @Test
    void closedSinkIsTheEndOfInput() throws IOException {
        SelectionKey key = source.register(selector, OP_READ);
        Selecting.assertSilent(selector);
        sink.close();
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(-1, source.read(ByteBuffer.allocate(1)));
        assertEquals(OP_READ, Selecting.report(key));
    }

    @Test
    void dataComesBeforeTheEndOfInput() throws IOException {
        SelectionKey key = source.register(selector, OP_READ);
        sink.write(ByteBuffer.allocate(2));
        sink.close();
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(2, source.read(ByteBuffer.allocate(10)));
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(-1, source.read(ByteBuffer.allocate(10)));
    }

    @Test
    void closedSourceIsWritableAndWriteTellsIt() throws IOException {
        SelectionKey key = sink.register(selector, OP_WRITE);
        source.close();
        assertEquals(OP_WRITE, Selecting.report(key));
        assertThrows(IOException.class, () -> sink.write(ByteBuffer.allocate(1)));
        assertTrue(key.isValid());
    }

    @Test
    void closedSourceIsReportedThoughThePipeIsFull() throws IOException {
        fill();
        SelectionKey key = sink.register(selector, OP_WRITE);
        Selecting.assertSilent(selector);
        source.close();
        assertEquals(OP_WRITE, Selecting.report(key));
    }

    @Test
    void registeredSinkClosedEndsTheInputWhenTheSelectorHasLetGo() throws IOException {
        SelectionKey reader = source.register(selector, OP_READ);
        SelectionKey writer = sink.register(selector, 0);
        sink.close();
        assertFalse(writer.isValid());
        // one select lets go of the sink, this one or a later one sees the end
        assertEquals(OP_READ, Selecting.report(reader));
        assertEquals(-1, source.read(ByteBuffer.allocate(1)));
        assertEquals(Set.of(reader), selector.keys());
    }

    @Test
    void closeEndsABlockedRead() throws Exception {
        source.configureBlocking(true);
        BackgroundTask<Integer> reading = BackgroundTask.startAndBlock(() -> source.read(ByteBuffer.allocate(1)));
        source.close();
        assertThrows(AsynchronousCloseException.class, reading::result);
    }

    @Test
    void interruptEndsABlockedReadAndCloses() throws Exception {
        source.configureBlocking(true);
        BackgroundTask<Integer> reading = BackgroundTask.startAndBlock(() -> source.read(ByteBuffer.allocate(1)));
        reading.thread().interrupt();
        assertThrows(ClosedByInterruptException.class, reading::result);
        assertFalse(source.isOpen());
    }

    @Test
    void interruptEndsABlockedWriteAndCloses() throws Exception {
        fill();
        sink.configureBlocking(true);
        BackgroundTask<Integer> writing = BackgroundTask.startAndBlock(() -> sink.write(ByteBuffer.allocate(1)));
        writing.thread().interrupt();
        assertThrows(ClosedByInterruptException.class, writing::result);
        assertFalse(sink.isOpen());
    }

    private long fill() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 12);
        long total = 0;
        for (int n = sink.write(bytes); n > 0; n = sink.write(bytes.clear())) {
            total += n;
        }
        return total;
    }
}
