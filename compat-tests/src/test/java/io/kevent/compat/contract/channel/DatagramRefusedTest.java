// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

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
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Datagrams to a port where nobody receives: who is connected to it is told by a port-unreachable message, who is not hears nothing. */
class DatagramRefusedTest {

    private Selector selector;
    private DatagramChannel sender;
    private DatagramChannel refuser;
    private DatagramChannel friend;
    private SelectionKey key;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        sender = DatagramChannel.open().bind(LoopbackPair.anyPort());
        friend = DatagramChannel.open().bind(LoopbackPair.anyPort());
        // connected to somebody else: the port is nobody else's, and a datagram of ours is refused there
        refuser = DatagramChannel.open().bind(LoopbackPair.anyPort()).connect(friend.getLocalAddress());
        sender.configureBlocking(false);
        key = sender.register(selector, OP_READ);
    }

    @AfterEach
    void close() throws IOException {
        sender.close();
        refuser.close();
        friend.close();
        selector.close();
    }

    @Test
    void unconnectedSenderIsNotTold() throws IOException {
        sender.send(ByteBuffer.allocate(1), refuser.getLocalAddress());
        Selecting.assertSilent(selector);
    }

    @Test
    void connectedSenderIsReadableAndReadTellsIt() throws IOException {
        sender.connect(refuser.getLocalAddress());
        sender.write(ByteBuffer.allocate(1));
        assertEquals(OP_READ, Selecting.report(key));
        assertThrows(PortUnreachableException.class, () -> sender.read(ByteBuffer.allocate(1)));
        Selecting.assertSilent(selector);
        assertTrue(key.isValid());
    }

    @Test
    void receiveTellsItToo() throws IOException {
        sender.connect(refuser.getLocalAddress());
        sender.send(ByteBuffer.allocate(1), refuser.getLocalAddress());
        assertEquals(OP_READ, Selecting.report(key));
        assertThrows(PortUnreachableException.class, () -> sender.receive(ByteBuffer.allocate(1)));
        Selecting.assertSilent(selector);
    }

    @Test
    void refusalIsReportedForTheWholeInterest() throws IOException {
        sender.connect(refuser.getLocalAddress());
        key.interestOps(OP_READ | OP_WRITE);
        sender.write(ByteBuffer.allocate(1));
        assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
        assertThrows(PortUnreachableException.class, () -> sender.read(ByteBuffer.allocate(1)));
        assertEquals(OP_WRITE, Selecting.report(key));
    }

    @Test
    void refusalIsReportedAgainUntilItIsRead() throws IOException {
        sender.connect(refuser.getLocalAddress());
        sender.write(ByteBuffer.allocate(1));
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(OP_READ, Selecting.report(key));
        assertThrows(PortUnreachableException.class, () -> sender.read(ByteBuffer.allocate(1)));
        Selecting.assertSilent(selector);
    }

    @Test
    void eachRefusalIsReported() throws IOException {
        sender.connect(refuser.getLocalAddress());
        for (int i = 0; i < 3; i++) {
            sender.write(ByteBuffer.allocate(1));
            assertEquals(OP_READ, Selecting.report(key));
            assertThrows(PortUnreachableException.class, () -> sender.read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void disconnectedSenderIsNotToldAnyMore() throws IOException {
        sender.connect(refuser.getLocalAddress());
        sender.disconnect();
        sender.send(ByteBuffer.allocate(1), refuser.getLocalAddress());
        Selecting.assertSilent(selector);
    }

    @Test
    void refusedSenderMayConnectToAnotherAndGoOn() throws IOException {
        sender.connect(refuser.getLocalAddress());
        sender.write(ByteBuffer.allocate(1));
        Selecting.report(key);
        assertThrows(PortUnreachableException.class, () -> sender.read(ByteBuffer.allocate(1)));
        sender.disconnect();
        sender.connect(friend.getLocalAddress());
        friend.send(ByteBuffer.allocate(2), sender.getLocalAddress());
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(2, sender.read(ByteBuffer.allocate(10)));
    }
}
