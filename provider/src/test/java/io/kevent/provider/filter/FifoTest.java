// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventBatch;
import io.kevent.FifoKnote;
import io.kevent.provider.queue.Background;
import io.kevent.provider.queue.TestQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Named pipes, whose other end comes and goes. */
class FifoTest {
    private TestQueue events;
    private TestFifo fifo;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        events = new TestQueue();
        fifo = new TestFifo();
    }

    @AfterEach
    void close() throws IOException {
        events.close();
        fifo.close();
    }

    /** Waits for the knote to have opened its end, as it opens the other. */
    private FileChannel openWriter() throws IOException {
        return FileChannel.open(fifo.path, WRITE);
    }

    /** Waits for the knote to wait for the other end, and makes its call fail. */
    private static void failToOpen(FifoKnote knote) {
        FifoOpening opening = ((FifoFilter.Source) knote).opening;
        Background.until("the knote waits", () -> Arrays.stream(opening.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals("open0")));
        opening.callBack();
    }

    private static void write(FileChannel writer, int bytes) throws IOException {
        assertEquals(bytes, writer.write(ByteBuffer.allocate(bytes)));
    }

    private static int read(FifoKnote knote) throws IOException {
        return knote.source().read(ByteBuffer.allocate(16));
    }

    private void assertReadable(FifoKnote knote, int flags) throws Exception {
        EventBatch event = events.awaitEventOf(knote);
        assertEquals(OP_READ, event.readyOps());
        assertEquals(EventBatch.flagsToString(flags), EventBatch.flagsToString(event.flags()));
    }

    // ---- before the other end is open

    @Test
    void sourceOfAFifoIsNotRegisteredAsAChannel() throws Exception {
        FifoKnote knote = events.queue.fifo(fifo.path, OP_READ, null);
        try (FileChannel writer = openWriter()) {
            writer.write(ByteBuffer.wrap(new byte[1]));
            events.awaitEventOf(knote);
            IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> events.queue.register(knote.source(), OP_READ, null));
            assertTrue(refused.getMessage().contains(fifo.path.toString()), refused::getMessage);
        }
    }

    @Test
    void nothingIsToldBeforeSomebodyHasOpenedTheOtherEnd() throws Exception {
        FifoKnote reads = events.queue.fifo(fifo.path, OP_READ, null);
        events.assertNothing();
        assertNull(reads.source());
        try (FileChannel writer = openWriter()) {
            write(writer, 3);
            assertReadable(reads, 0);
            assertEquals(3, read(reads));
        }
    }

    @Test
    void forcedEventThatIsGivenBackBeforeSomebodyHasOpenedTheOtherEndIsToldAgain() throws Exception {
        FifoKnote knote = events.queue.fifo(fifo.path, OP_READ, null);
        knote.forceOneshot();
        assertEquals(1, events.queue.take(events.batch));
        events.batch.clear();
        EventBatch event = events.awaitEventOf(knote);
        assertEquals(EventBatch.flagsToString(EventBatch.FORCED), EventBatch.flagsToString(event.flags()));
        events.assertNothing();
    }

    @Test
    void failureWhileAForcedEventIsInABatchIsToldTogetherWithIt() throws Exception {
        FifoKnote knote = events.queue.fifo(fifo.path, OP_READ, null);
        knote.forceOneshot();
        assertEquals(1, events.queue.take(events.batch));
        failToOpen(knote);
        events.batch.clear();
        EventBatch event = events.awaitEventOf(knote);
        assertEquals(EventBatch.flagsToString(EventBatch.FORCED | EventBatch.ERROR), EventBatch.flagsToString(event.flags()));
        assertNotNull(event.error());
    }

    @Test
    void endThatFailedToOpenIsOpenedWhenItIsRegisteredAgain() throws Exception {
        FifoKnote failed = events.queue.fifo(fifo.path, OP_READ, null);
        failToOpen(failed);
        assertTrue(events.awaitEventOf(failed).has(EventBatch.ERROR));
        FifoKnote again = events.queue.fifo(fifo.path, OP_READ, null);
        try (FileChannel writer = openWriter()) {
            write(writer, 1);
            assertReadable(again, 0);
        }
    }

    @Test
    void endToWriteIsWritableOnceSomebodyReads() throws Exception {
        FifoKnote writes = events.queue.fifo(fifo.path, OP_WRITE, null);
        events.assertNothing();
        assertNull(writes.sink());
        try (FileChannel reader = FileChannel.open(fifo.path, READ)) {
            assertEquals(OP_WRITE, events.awaitEventOf(writes).readyOps());
            writes.sink().write(ByteBuffer.allocate(2));
            assertEquals(2, reader.read(ByteBuffer.allocate(16)));
        }
    }

    @Test
    void bothEndsInOneQueueAreTwoKnotesAndOpenEachOther() throws Exception {
        FifoKnote reads = events.queue.fifo(fifo.path, OP_READ, null);
        FifoKnote writes = events.queue.fifo(fifo.path, OP_WRITE | OP_EDGE, null);
        events.awaitEventOf(writes);
        writes.sink().write(ByteBuffer.allocate(1));
        assertReadable(reads, 0);
    }

    // ---- the end of stream

    @Test
    void endIsToldTogetherWithWhatIsStillToBeRead() throws Exception {
        FifoKnote knote = events.queue.fifo(fifo.path, OP_READ, null);
        try (FileChannel writer = openWriter()) {
            write(writer, 5);
        }
        assertReadable(knote, EventBatch.EOF);
        assertEquals(5, read(knote));
        assertReadable(knote, EventBatch.EOF);
        assertEquals(-1, read(knote));
    }

    @Test
    void endIsNotToldBeforeTheLastWriterGoes() throws Exception {
        FifoKnote knote = events.queue.fifo(fifo.path, OP_READ, null);
        try (FileChannel last = openWriter()) {
            try (FileChannel first = openWriter()) {
                write(first, 1);
            }
            assertReadable(knote, 0);
            assertEquals(1, read(knote));
            events.assertNothing();
            write(last, 1);
            assertReadable(knote, 0);
        }
    }

    @Test
    void newWriterAfterTheEndIsTold() throws Exception {
        FifoKnote knote = events.queue.fifo(fifo.path, OP_READ | OP_EDGE, null);
        for (int i = 0; i < 3; i++) {
            try (FileChannel writer = openWriter()) {
                write(writer, 4);
                assertReadable(knote, 0);
                assertEquals(4, read(knote));
                events.assertNothing();
            }
            assertReadable(knote, EventBatch.EOF);
            assertEquals(-1, read(knote));
            events.assertNothing();
        }
    }

    @Test
    void newWriterAfterTheEndEndsTheLevelOfIt() throws Exception {
        FifoKnote knote = events.queue.fifo(fifo.path, OP_READ, null);
        openWriter().close();
        assertReadable(knote, EventBatch.EOF);
        try (FileChannel writer = openWriter()) {
            events.assertNothing();
            write(writer, 1);
            assertReadable(knote, 0);
        }
    }

    @Test
    void endIsToldToTheWriterWhenTheLastReaderGoes() throws Exception {
        FifoKnote knote = events.queue.fifo(fifo.path, OP_WRITE | OP_EDGE, null);
        try (FileChannel reader = FileChannel.open(fifo.path, READ)) {
            assertEquals(0, events.awaitEventOf(knote).flags());
            events.assertNothing();
            assertTrue(reader.isOpen());
        }
        EventBatch event = events.awaitEventOf(knote);
        assertEquals(OP_WRITE, event.readyOps());
        assertTrue(event.has(EventBatch.EOF));
    }

    @Test
    void newReaderAfterTheEndGoesOn() throws Exception {
        FifoKnote knote = events.queue.fifo(fifo.path, OP_WRITE, null);
        FileChannel.open(fifo.path, READ).close();
        assertTrue(events.awaitEventOf(knote).has(EventBatch.EOF));
        try (FileChannel reader = FileChannel.open(fifo.path, READ)) {
            EventBatch event = events.awaitEventOf(knote);
            assertFalse(event.has(EventBatch.EOF));
            knote.sink().write(ByteBuffer.allocate(2));
            assertEquals(2, reader.read(ByteBuffer.allocate(16)));
        }
    }

    // ---- its channel

    @Test
    void deletingClosesTheEnd() throws Exception {
        FifoKnote knote = events.queue.fifo(fifo.path, OP_READ, null);
        try (FileChannel writer = openWriter()) {
            write(writer, 1);
            assertReadable(knote, 0);
            assertNotNull(knote.source());
            knote.delete();
            assertFalse(knote.source().isOpen());
            assertThrows(IOException.class, () -> write(writer, 1));
        }
    }

    @Test
    void closingTheEndDeletesTheKnote() throws Exception {
        FifoKnote knote = events.queue.fifo(fifo.path, OP_READ, null);
        try (FileChannel writer = openWriter()) {
            write(writer, 1);
            assertReadable(knote, 0);
            knote.source().close();
            assertFalse(knote.isValid());
            events.assertNothing();
        }
    }

    @Test
    void endIsInNonBlockingMode() throws Exception {
        FifoKnote knote = events.queue.fifo(fifo.path, OP_READ, null);
        try (FileChannel writer = openWriter()) {
            Background.until("the FIFO is open", () -> knote.source() != null);
            assertFalse(knote.source().isBlocking());
            assertEquals(0, read(knote));
            assertTrue(writer.isOpen());
        }
    }

    @Test
    void knoteHasOneEndOnly() throws Exception {
        FifoKnote reads = events.queue.fifo(fifo.path, OP_READ, null);
        FifoKnote writes = events.queue.fifo(fifo.path, OP_WRITE, null);
        assertThrows(IllegalStateException.class, reads::sink);
        assertThrows(IllegalStateException.class, writes::source);
        assertSame(fifo.path, reads.path());
    }

    // ---- what is refused

    @Test
    void pathThatIsNoFifoIsRefused() throws Exception {
        Path file = Files.createTempFile("kevent", "");
        try {
            String message = assertThrows(IOException.class, () -> events.queue.fifo(file, OP_READ, null)).getMessage();
            assertTrue(message.contains(file.toString()) && message.contains("named pipe"), message);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void pathThatIsNotThereIsRefused() {
        assertThrows(NoSuchFileException.class, () -> events.queue.fifo(fifo.path.resolveSibling("nothing"), OP_READ, null));
    }

    @Test
    void bothDirectionsOrNoneAreRefusedByName() {
        for (int ops : new int[] {OP_READ | OP_WRITE, 0, OP_EDGE}) {
            String message = assertThrows(IllegalArgumentException.class, () -> events.queue.fifo(fifo.path, ops, null)).getMessage();
            assertTrue(message.contains("OP_READ") && message.contains("OP_WRITE"), message);
        }
    }

    @Test
    void otherDirectionIsRefusedByName() throws Exception {
        FifoKnote knote = events.queue.fifo(fifo.path, OP_READ, null);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> knote.interestOps(OP_WRITE)).getMessage().contains("OP_WRITE"));
        assertEquals(OP_READ, knote.interestOps());
    }
}
