// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Bytes through a non-blocking connection, driven by one selector. */
class SocketTransferTest {

    private static final int PIECE = 1 << 20;
    private static final int PIECES = 16;

    private Selector selector;
    private LoopbackPair pair;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        pair = LoopbackPair.open();
        pair.far().configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        pair.close();
        selector.close();
    }

    @Test
    void readWithNothingThereGivesNothing() throws IOException {
        assertEquals(0, pair.readNear(10));
        ByteBuffer[] buffers = {ByteBuffer.allocate(3), ByteBuffer.allocate(3)};
        assertEquals(0, pair.near().read(buffers));
    }

    @Test
    void writeToAFullBufferTakesNothingAndIsNotWritable() throws IOException {
        assertTrue(pair.fillNear() > 0);
        assertEquals(0, pair.near().write(ByteBuffer.allocate(1)));
        assertEquals(0, pair.near().write(new ByteBuffer[] {ByteBuffer.allocate(1), ByteBuffer.allocate(1)}));
        pair.near().register(selector, OP_WRITE);
        Selecting.assertSilent(selector);
    }

    @Test
    void fullBufferIsWritableAgainWhenThePeerHasRead() throws IOException {
        long filled = pair.fillNear();
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        Selecting.assertSilent(selector);
        pair.far().configureBlocking(true);
        pair.receive(filled);
        assertEquals(OP_WRITE, Selecting.report(key));
        assertTrue(pair.near().write(ByteBuffer.allocate(1)) > 0);
    }

    @Test
    void scatteringReadFillsOneBufferAfterTheOther() throws IOException {
        pair.far().write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7}));
        SelectionKey key = pair.near().register(selector, OP_READ);
        Selecting.report(key);
        ByteBuffer[] buffers = {ByteBuffer.allocate(2), ByteBuffer.allocate(0), ByteBuffer.allocateDirect(3), ByteBuffer.allocate(8)};
        assertEquals(7, pair.near().read(buffers));
        assertFalse(buffers[0].hasRemaining());
        assertFalse(buffers[2].hasRemaining());
        assertEquals(2, buffers[3].position());
        assertEquals(7, buffers[3].get(1));
        Selecting.assertSilent(selector);
    }

    @Test
    void gatheringWriteIsTakenInPartsUntilAllIsWritten() throws IOException {
        byte[] sent = new byte[PIECE * 8];
        new Random(8).nextBytes(sent);
        ByteBuffer[] parts = new ByteBuffer[8];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = ByteBuffer.wrap(sent, i * PIECE, PIECE);
        }
        ByteBuffer received = ByteBuffer.allocate(sent.length);
        SelectionKey writer = pair.near().register(selector, OP_WRITE);
        SelectionKey reader = pair.far().register(selector, OP_READ);
        long first = pair.near().write(parts);
        assertTrue(first > 0 && first < sent.length, first + " bytes taken at once");
        while (received.hasRemaining()) {
            selector.select(key -> {
                try {
                    if (key == writer && pair.near().write(parts) >= 0 && !parts[parts.length - 1].hasRemaining()) {
                        writer.interestOps(0);
                    } else if (key == reader) {
                        pair.far().read(received);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        assertArrayEquals(sent, received.array());
    }

    @Test
    void bigTransferBothWaysAtOnceArrivesWhole() throws IOException {
        Transfer near = new Transfer(pair.near(), PIECES * PIECE, 1);
        Transfer far = new Transfer(pair.far(), PIECES * PIECE, 2);
        pair.near().register(selector, OP_READ | OP_WRITE, near);
        pair.far().register(selector, OP_READ | OP_WRITE, far);
        while (!near.isDone() || !far.isDone()) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                ((Transfer) key.attachment()).advance(key);
            }
            selector.selectedKeys().clear();
        }
        assertEquals(near.sent(), far.received());
        assertEquals(far.sent(), near.received());
    }

    @Test
    void manySmallExchangesAnswerEachOther() throws IOException {
        SelectionKey near = pair.near().register(selector, OP_READ);
        SelectionKey far = pair.far().register(selector, OP_READ);
        byte[] message = new byte[10];
        for (int i = 0; i < 2_000; i++) {
            Arrays.fill(message, (byte) i);
            pair.near().write(ByteBuffer.wrap(message));
            assertEquals(OP_READ, Selecting.report(far));
            ByteBuffer question = ByteBuffer.allocate(100);
            assertEquals(message.length, pair.far().read(question));
            pair.far().write(question.flip());
            assertEquals(OP_READ, Selecting.report(near));
            ByteBuffer answer = ByteBuffer.allocate(100);
            assertEquals(message.length, pair.near().read(answer));
            assertArrayEquals(message, Arrays.copyOf(answer.array(), message.length));
        }
    }
}
