// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NotYetConnectedException;
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
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Datagram channels with a selector: connected and not, and changing between the two while registered. */
class DatagramTest {

    private Selector selector;
    private DatagramChannel near;
    private DatagramChannel far;
    private SelectionKey key;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        near = DatagramChannel.open().bind(LoopbackPair.anyPort());
        far = DatagramChannel.open().bind(LoopbackPair.anyPort());
        near.configureBlocking(false);
        key = near.register(selector, OP_READ);
    }

    @AfterEach
    void close() throws IOException {
        near.close();
        far.close();
        selector.close();
    }

    @Test
    void receiveWithNothingThereGivesNull() throws IOException {
        assertNull(near.receive(ByteBuffer.allocate(1)));
        Selecting.assertSilent(selector);
    }

    @Test
    void readBeforeConnectIsRefused() {
        assertThrows(NotYetConnectedException.class, () -> near.read(ByteBuffer.allocate(1)));
        assertThrows(NotYetConnectedException.class, () -> near.write(ByteBuffer.allocate(1)));
    }

    @Test
    void datagramIsReadableUntilItIsReceived() throws IOException {
        far.send(ByteBuffer.allocate(3), near.getLocalAddress());
        far.send(ByteBuffer.allocate(4), near.getLocalAddress());
        assertEquals(OP_READ, Selecting.report(key));
        ByteBuffer buffer = ByteBuffer.allocate(10);
        assertEquals(far.getLocalAddress(), near.receive(buffer));
        assertEquals(3, buffer.position());
        assertEquals(OP_READ, Selecting.report(key));
        near.receive(buffer.clear());
        assertEquals(4, buffer.position());
        Selecting.assertSilent(selector);
    }

    @Test
    void emptyDatagramIsReadable() throws IOException {
        far.send(ByteBuffer.allocate(0), near.getLocalAddress());
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(far.getLocalAddress(), near.receive(ByteBuffer.allocate(1)));
        Selecting.assertSilent(selector);
    }

    @Test
    void restOfATruncatedDatagramIsGone() throws IOException {
        far.send(ByteBuffer.allocate(100), near.getLocalAddress());
        Selecting.report(key);
        assertEquals(far.getLocalAddress(), near.receive(ByteBuffer.allocate(10)));
        Selecting.assertSilent(selector);
    }

    @Test
    void channelIsWritable() throws IOException {
        key.interestOps(OP_READ | OP_WRITE);
        assertEquals(OP_WRITE, Selecting.report(key));
        assertEquals(OP_WRITE, Selecting.report(key));
        far.send(ByteBuffer.allocate(1), near.getLocalAddress());
        assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
    }

    @Test
    void unboundChannelIsWritableAndNotReadable() throws IOException {
        try (DatagramChannel unbound = DatagramChannel.open()) {
            unbound.configureBlocking(false);
            SelectionKey unboundKey = unbound.register(selector, OP_READ | OP_WRITE);
            assertEquals(OP_WRITE, Selecting.report(unboundKey));
        }
    }

    @Test
    void channelRegisteredBeforeItIsBoundReceives() throws IOException {
        try (DatagramChannel late = DatagramChannel.open()) {
            late.configureBlocking(false);
            SelectionKey lateKey = late.register(selector, OP_READ);
            Selecting.assertSilent(selector);
            late.bind(LoopbackPair.anyPort());
            far.send(ByteBuffer.allocate(1), late.getLocalAddress());
            assertEquals(OP_READ, Selecting.report(lateKey));
        }
    }

    @Test
    void connectedChannelReadsFromItsPeerOnly() throws IOException {
        near.connect(far.getLocalAddress());
        try (DatagramChannel stranger = DatagramChannel.open().bind(LoopbackPair.anyPort())) {
            stranger.send(ByteBuffer.allocate(1), near.getLocalAddress());
            Selecting.assertSilent(selector);
            far.send(ByteBuffer.allocate(2), near.getLocalAddress());
            assertEquals(OP_READ, Selecting.report(key));
            assertEquals(2, near.read(ByteBuffer.allocate(10)));
            assertEquals(0, near.read(ByteBuffer.allocate(10)));
        }
    }

    @Test
    void connectAgainIsRefused() throws IOException {
        near.connect(far.getLocalAddress());
        assertThrows(AlreadyConnectedException.class, () -> near.connect(far.getLocalAddress()));
    }

    @Test
    void disconnectedChannelReceivesFromAnyone() throws IOException {
        near.connect(far.getLocalAddress());
        Selecting.assertSilent(selector);
        near.disconnect();
        try (DatagramChannel stranger = DatagramChannel.open().bind(LoopbackPair.anyPort())) {
            stranger.send(ByteBuffer.allocate(1), near.getLocalAddress());
            assertEquals(OP_READ, Selecting.report(key));
            assertEquals(stranger.getLocalAddress(), near.receive(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void reconnectedChannelReadsFromItsNewPeer() throws IOException {
        try (DatagramChannel other = DatagramChannel.open().bind(LoopbackPair.anyPort())) {
            near.connect(far.getLocalAddress());
            near.disconnect();
            near.connect(other.getLocalAddress());
            SocketAddress here = near.getLocalAddress();
            far.send(ByteBuffer.allocate(1), here);
            Selecting.assertSilent(selector);
            other.send(ByteBuffer.allocate(5), here);
            assertEquals(OP_READ, Selecting.report(key));
            assertEquals(5, near.read(ByteBuffer.allocate(10)));
            Selecting.assertSilent(selector);
        }
    }

    @Test
    void disconnectKeepsKeyAndInterest() throws IOException {
        near.connect(far.getLocalAddress());
        key.interestOps(OP_READ | OP_WRITE);
        near.disconnect();
        assertEquals(OP_READ | OP_WRITE, key.interestOps());
        assertEquals(OP_WRITE, Selecting.report(key));
    }

    @Test
    void closeCancelsTheKey() throws IOException {
        near.close();
        assertFalse(key.isValid());
        assertEquals(0, selector.selectNow());
        assertEquals(Set.of(), selector.keys());
        assertThrows(ClosedChannelException.class, () -> near.receive(ByteBuffer.allocate(1)));
    }

    @Test
    void closeEndsABlockedReceive() throws Exception {
        BackgroundTask<SocketAddress> receiving = BackgroundTask.startAndBlock(() -> far.receive(ByteBuffer.allocate(1)));
        far.close();
        assertThrows(AsynchronousCloseException.class, receiving::result);
    }

    @Test
    void adaptorRefusesARegisteredChannel() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1], 1);
        assertSame(near, near.socket().getChannel());
        assertThrows(IllegalBlockingModeException.class, () -> near.socket().receive(packet));
        near.socket().setSoTimeout(50);
        assertThrows(IllegalBlockingModeException.class, () -> near.socket().receive(packet));
    }

    @Test
    void adaptorReceivesWithTimeoutAndTheChannelCanBeRegisteredAfterwards() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1], 1);
        far.socket().setSoTimeout(50);
        assertThrows(SocketTimeoutException.class, () -> far.socket().receive(packet));
        far.configureBlocking(false);
        SelectionKey other = far.register(selector, OP_READ);
        near.send(ByteBuffer.allocate(1), far.getLocalAddress());
        assertEquals(OP_READ, Selecting.report(other));
    }
}
