// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.KeventOps;
import io.kevent.compat.support.Link;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** OP_EDGE and the end of a connection, which is a change like another: told once. */
@Tag("kevent")
class EdgeHangUpTest {

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
    void endOfInputIsReportedOnce() throws IOException {
        SelectionKey key = register(OP_READ);
        Selecting.assertSilent(selector);
        pair.far().shutdownOutput();
        assertEquals(OP_READ, Selecting.report(key));
        Selecting.assertSilent(selector);
        assertEquals(-1, pair.readNear(1));
        Selecting.assertSilent(selector);
    }

    @Test
    void endOfInputBehindUnreadBytesIsReported() throws IOException {
        SelectionKey key = register(OP_READ);
        pair.send(10);
        assertEquals(OP_READ, Selecting.report(key));
        Selecting.assertSilent(selector);
        pair.far().shutdownOutput();
        assertEquals(OP_READ, Selecting.report(key));
        Selecting.assertSilent(selector);
    }

    @Test
    void endOfInputIsReportedOnceToAReaderWhoAlsoWrites() throws IOException {
        SelectionKey key = register(OP_READ | OP_WRITE);
        assertEquals(OP_WRITE, Selecting.report(key));
        pair.far().shutdownOutput();
        // the system tells both directions of it, and whether room has come as well nobody knows: a write edge too many is better than one lost
        assertEquals(OP_READ, Selecting.report(key) & OP_READ);
        Selecting.assertSilent(selector);
    }

    @Test
    void resetIsReportedOnceForTheWholeInterest() throws IOException {
        SelectionKey key = register(OP_READ | OP_WRITE);
        assertEquals(OP_WRITE, Selecting.report(key));
        Selecting.assertSilent(selector);
        pair.resetFar();
        assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
        Selecting.assertSilent(selector);
        assertThrows(IOException.class, () -> pair.readNear(1));
        Selecting.assertSilent(selector);
    }

    @Test
    void resetIsReportedOnceToAReader() throws IOException {
        SelectionKey key = register(OP_READ);
        Selecting.assertSilent(selector);
        pair.resetFar();
        assertEquals(OP_READ, Selecting.report(key));
        Selecting.assertSilent(selector);
    }

    @Test
    void resetIsReportedOnceToAWriterWhoseBufferIsFull() throws IOException {
        pair.fillNear();
        SelectionKey key = register(OP_WRITE);
        Selecting.assertSilent(selector);
        pair.resetFar();
        assertEquals(OP_WRITE, Selecting.report(key));
        Selecting.assertSilent(selector);
    }

    @Test
    void resetWhileInterestIsOffIsReportedWhenItIsBack() throws IOException {
        SelectionKey key = register(OP_READ);
        Selecting.assertSilent(selector);
        key.interestOps(OP_EDGE);
        Selecting.assertSilent(selector);
        pair.resetFar();
        Selecting.assertSilent(selector);
        key.interestOps(OP_READ | OP_EDGE);
        assertEquals(OP_READ, Selecting.report(key));
        Selecting.assertSilent(selector);
    }

    @Test
    void bothDirectionsEndedIsReportedOnce() throws IOException {
        SelectionKey key = register(OP_READ | OP_WRITE);
        assertEquals(OP_WRITE, Selecting.report(key));
        pair.far().shutdownOutput();
        assertEquals(OP_READ, Selecting.report(key) & OP_READ);
        Selecting.assertSilent(selector);
        pair.near().shutdownOutput();
        assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
        Selecting.assertSilent(selector);
    }

    @Test
    void registeringAfterAResetReportsOnce() throws IOException {
        pair.resetFar();
        SelectionKey key = register(OP_READ | OP_WRITE);
        assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
        Selecting.assertSilent(selector);
    }

    @Test
    void closedSinkIsReportedOnce() throws IOException {
        try (Link pipe = Link.open(Link.Kind.PIPE)) {
            SelectionKey key = KeventOps.register(pipe.source(), selector, OP_READ | OP_EDGE);
            Selecting.assertSilent(selector);
            pipe.sink().close();
            assertEquals(OP_READ, Selecting.report(key));
            Selecting.assertSilent(selector);
            assertEquals(-1, pipe.read(1));
        }
    }

    @Test
    void closedSourceIsReportedOnce() throws IOException {
        try (Link pipe = Link.open(Link.Kind.PIPE)) {
            SelectionKey key = KeventOps.register(pipe.sink(), selector, OP_WRITE | OP_EDGE);
            assertEquals(OP_WRITE, Selecting.report(key));
            Selecting.assertSilent(selector);
            pipe.source().close();
            assertEquals(OP_WRITE, Selecting.report(key));
            Selecting.assertSilent(selector);
        }
    }

    @Test
    void refusedDatagramIsReportedOnceEach() throws IOException {
        try (DatagramChannel sender = DatagramChannel.open().bind(LoopbackPair.anyPort());
                DatagramChannel friend = DatagramChannel.open().bind(LoopbackPair.anyPort());
                DatagramChannel refuser = DatagramChannel.open().bind(LoopbackPair.anyPort()).connect(friend.getLocalAddress())) {
            sender.connect(refuser.getLocalAddress()).configureBlocking(false);
            SelectionKey key = KeventOps.register(sender, selector, OP_READ | OP_EDGE);
            Selecting.assertSilent(selector);
            for (int i = 0; i < 2; i++) {
                sender.write(ByteBuffer.allocate(1));
                assertEquals(OP_READ, Selecting.report(key));
                Selecting.assertSilent(selector);
                assertThrows(PortUnreachableException.class, () -> sender.read(ByteBuffer.allocate(1)));
                Selecting.assertSilent(selector);
            }
        }
    }

    @Test
    void closeOfTheChannelCancelsTheKey() throws IOException {
        SelectionKey key = register(OP_READ);
        pair.send(1);
        assertEquals(OP_READ, Selecting.report(key));
        pair.near().close();
        Selecting.assertSilent(selector);
        assertTrue(selector.keys().isEmpty());
    }

    private SelectionKey register(int operations) throws IOException {
        return KeventOps.register(pair.near(), selector, operations | OP_EDGE);
    }
}
