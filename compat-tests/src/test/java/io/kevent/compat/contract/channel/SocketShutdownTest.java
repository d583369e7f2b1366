// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Half-closed, closed and reset connections, as the selectors of both sides see them. */
class SocketShutdownTest {

    private Selector selector;
    private LoopbackPair pair;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        pair = LoopbackPair.open();
    }

    @AfterEach
    void close() throws IOException {
        pair.close();
        selector.close();
    }

    @Test
    void peersEndOfOutputIsReadable() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        Selecting.assertSilent(selector);
        pair.far().shutdownOutput();
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(-1, pair.readNear(1));
    }

    @Test
    void endOfStreamIsReportedAgain() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.far().shutdownOutput();
        Selecting.report(key);
        assertEquals(-1, pair.readNear(1));
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(-1, pair.readNear(1));
    }

    @Test
    void dataComesBeforeTheEndOfStream() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.send(10);
        pair.far().shutdownOutput();
        Selecting.report(key);
        assertEquals(10, pair.readNear(100));
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(-1, pair.readNear(100));
    }

    @Test
    void endOfStreamBehindReadDataIsReported() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.send(10);
        Selecting.report(key);
        assertEquals(10, pair.readNear(100));
        Selecting.assertSilent(selector);
        pair.far().shutdownOutput();
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(-1, pair.readNear(100));
    }

    @Test
    void answerMayStillBeWrittenAfterTheEndOfInput() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.far().shutdownOutput();
        Selecting.report(key);
        key.interestOps(OP_WRITE);
        assertEquals(OP_WRITE, Selecting.report(key));
        assertEquals(3, pair.near().write(ByteBuffer.allocate(3)));
        pair.receive(3);
    }

    @Test
    void ownEndOfInputIsReadable() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        Selecting.assertSilent(selector);
        pair.near().shutdownInput();
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(-1, pair.readNear(1));
    }

    @Test
    void ownEndOfInputIsNotSeenByThePeer() throws IOException {
        pair.far().configureBlocking(false);
        SelectionKey peer = pair.far().register(selector, OP_READ | OP_WRITE);
        pair.near().shutdownInput();
        assertEquals(OP_WRITE, Selecting.report(peer));
        peer.interestOps(OP_READ);
        Selecting.assertSilent(selector);
    }

    @Test
    void ownEndOfOutputLeavesInputAsItIs() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.near().shutdownOutput();
        Selecting.assertSilent(selector);
        pair.send(5);
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(5, pair.readNear(10));
        Selecting.assertSilent(selector);
    }

    @Test
    void ownEndOfOutputIsWritableAndWriteTellsWhy() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        pair.near().shutdownOutput();
        assertEquals(OP_WRITE, Selecting.report(key));
        assertThrows(ClosedChannelException.class, () -> pair.near().write(ByteBuffer.allocate(1)));
        assertTrue(key.isValid());
    }

    @Test
    void shutdownTwiceIsNoError() throws IOException {
        pair.near().register(selector, OP_READ);
        pair.near().shutdownOutput().shutdownOutput();
        pair.near().shutdownInput().shutdownInput();
        assertTrue(pair.near().isConnected());
    }

    @Test
    void bothDirectionsEndedIsReportedForTheWholeInterest() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ | OP_WRITE);
        pair.near().shutdownOutput();
        pair.far().shutdownOutput();
        Selecting.untilReported(key, OP_READ | OP_WRITE);
        assertEquals(-1, pair.readNear(1));
        assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
    }

    @Test
    void bothDirectionsEndedIsReportedToAWriter() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        pair.near().shutdownOutput();
        pair.far().shutdownOutput();
        assertEquals(OP_WRITE, Selecting.report(key));
    }

    @Test
    void closeOfThePeerIsReadable() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.far().close();
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(-1, pair.readNear(1));
    }

    @Test
    void resetIsReadableAndReadTellsIt() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.resetFar();
        assertEquals(OP_READ, Selecting.report(key));
        assertThrows(IOException.class, () -> pair.readNear(1));
    }

    @Test
    void resetIsReportedForTheWholeInterest() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ | OP_WRITE);
        assertEquals(OP_WRITE, Selecting.report(key));
        pair.resetFar();
        Selecting.untilReported(key, OP_READ | OP_WRITE);
        assertThrows(IOException.class, () -> pair.readNear(1));
    }

    @Test
    void resetIsReportedToAWriterWhoseBufferIsFull() throws IOException {
        pair.fillNear();
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        Selecting.assertSilent(selector);
        pair.resetFar();
        assertEquals(OP_WRITE, Selecting.report(key));
        assertThrows(IOException.class, () -> pair.near().write(ByteBuffer.allocate(1)));
    }

    @Test
    void resetIsReportedAfterItWasRead() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.resetFar();
        Selecting.report(key);
        assertThrows(IOException.class, () -> pair.readNear(1));
        assertEquals(OP_READ, Selecting.report(key));
        assertThrows(IOException.class, () -> pair.readNear(1));
    }

    @Test
    void hangUpWithNoInterestDoesNotEndTheWait() throws IOException {
        pair.near().register(selector, 0);
        pair.resetFar();
        long begin = System.nanoTime();
        assertEquals(0, selector.select(200));
        assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(200), "select came back early");
    }

    @Test
    void hangUpWhileInterestWasOffIsReportedWhenItIsBack() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        Selecting.assertSilent(selector);
        key.interestOps(0);
        pair.far().close();
        Selecting.assertSilent(selector);
        key.interestOps(OP_READ);
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(-1, pair.readNear(1));
    }
}
