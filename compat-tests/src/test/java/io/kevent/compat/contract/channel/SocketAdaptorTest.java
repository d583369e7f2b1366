// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.compat.support.FullListener;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The java.net.Socket view of a channel, which blocks, beside the selector's, which must not. */
class SocketAdaptorTest {

    private static final int SOON_MILLIS = 50;

    private Selector selector;
    private LoopbackPair pair;
    private Socket socket;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        pair = LoopbackPair.open();
        socket = pair.near().socket();
    }

    @AfterEach
    void close() throws IOException {
        pair.close();
        selector.close();
    }

    @Test
    void adaptorAndChannelKnowEachOther() {
        assertSame(pair.near(), socket.getChannel());
        assertSame(socket, pair.near().socket());
        assertTrue(socket.isConnected());
    }

    @Test
    void streamsRefuseARegisteredChannel() throws IOException {
        pair.near().register(selector, OP_READ);
        pair.send(1);
        assertThrows(IllegalBlockingModeException.class, () -> socket.getInputStream().read());
        assertThrows(IllegalBlockingModeException.class, () -> socket.getOutputStream().write(1));
    }

    @Test
    void timedReadRefusesARegisteredChannel() throws IOException {
        pair.near().register(selector, OP_READ);
        socket.setSoTimeout(SOON_MILLIS);
        assertThrows(IllegalBlockingModeException.class, () -> socket.getInputStream().read());
        assertEquals(SOON_MILLIS, socket.getSoTimeout());
    }

    @Test
    void registeredChannelRefusesToBlock() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        assertThrows(IllegalBlockingModeException.class, () -> pair.near().configureBlocking(true));
        assertFalse(pair.near().isBlocking());
        assertTrue(key.isValid());
    }

    @Test
    void blockingChannelRefusesToBeRegistered() {
        assertThrows(IllegalBlockingModeException.class, () -> pair.far().register(selector, OP_READ));
        assertFalse(pair.far().isRegistered());
    }

    @Test
    void channelMayBlockAsSoonAsItsKeyIsCancelled() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        selector.selectNow();
        key.cancel();
        pair.near().configureBlocking(true);
        pair.send(1);
        assertEquals(0, socket.getInputStream().read());
        assertEquals(0, selector.selectNow());
        assertFalse(pair.near().isRegistered());
    }

    @Test
    void timedReadEndsAndTheChannelCanBeRegisteredAfterwards() throws IOException {
        pair.near().configureBlocking(true);
        socket.setSoTimeout(SOON_MILLIS);
        assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
        assertTrue(pair.near().isBlocking());
        pair.near().configureBlocking(false);
        SelectionKey key = pair.near().register(selector, OP_READ);
        Selecting.assertSilent(selector);
        pair.send(1);
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(1, pair.readNear(10));
    }

    @Test
    void timedReadGivesWhatIsThere() throws IOException {
        pair.near().configureBlocking(true);
        socket.setSoTimeout(10_000);
        pair.send(3);
        assertEquals(3, socket.getInputStream().read(new byte[10]));
    }

    @Test
    void timedConnectRefusesANonBlockingChannel() throws IOException {
        try (ServerSocketChannel listener = LoopbackPair.listen(); SocketChannel client = SocketChannel.open()) {
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_CONNECT);
            assertThrows(IllegalBlockingModeException.class, () -> client.socket().connect(listener.getLocalAddress(), SOON_MILLIS));
        }
    }

    @Test
    void timedConnectEndsAndCloses() throws IOException {
        try (FullListener full = FullListener.open(); SocketChannel client = SocketChannel.open()) {
            assertThrows(SocketTimeoutException.class, () -> client.socket().connect(full.address(), SOON_MILLIS));
            assertFalse(client.isOpen());
        }
    }

    @Test
    void timedConnectGivesAChannelThatCanBeRegistered() throws IOException {
        try (ServerSocketChannel listener = LoopbackPair.listen(); SocketChannel client = SocketChannel.open()) {
            client.socket().connect(listener.getLocalAddress(), 10_000);
            client.configureBlocking(false);
            SelectionKey key = client.register(selector, OP_READ);
            try (SocketChannel accepted = listener.accept()) {
                accepted.write(ByteBuffer.allocate(1));
                assertEquals(OP_READ, Selecting.report(key));
            }
        }
    }

    @Test
    void closeOfTheAdaptorCancelsTheKey() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        socket.close();
        assertFalse(key.isValid());
        assertFalse(pair.near().isOpen());
        selector.selectNow();
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void shutdownByTheAdaptorIsSeenByTheSelectors() throws IOException {
        SelectionKey own = pair.near().register(selector, OP_READ);
        Selecting.assertSilent(selector);
        socket.shutdownInput();
        assertEquals(OP_READ, Selecting.report(own));
        socket.shutdownOutput();
        assertEquals(-1, pair.far().read(ByteBuffer.allocate(1)));
    }
}
