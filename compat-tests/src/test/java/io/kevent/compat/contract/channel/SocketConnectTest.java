// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.FullListener;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The states of a connection that a selector watches while it is being made. */
class SocketConnectTest {

    private Selector selector;
    private ServerSocketChannel listener;
    private SocketChannel client;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        listener = LoopbackPair.listen();
        client = SocketChannel.open();
        client.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        listener.close();
        selector.close();
    }

    @Test
    void connectionIsPendingUntilItIsFinished() throws IOException {
        assertFalse(client.isConnectionPending());
        assertFalse(client.connect(listener.getLocalAddress()));
        assertTrue(client.isConnectionPending());
        assertFalse(client.isConnected());
        SelectionKey key = client.register(selector, OP_CONNECT);
        assertEquals(OP_CONNECT, Selecting.report(key));
        assertTrue(client.isConnectionPending());
        assertTrue(client.finishConnect());
        assertFalse(client.isConnectionPending());
        assertTrue(client.isConnected());
    }

    @Test
    void connectableIsReportedAgainUntilFinished() throws IOException {
        SelectionKey key = connecting(OP_CONNECT);
        assertEquals(OP_CONNECT, Selecting.report(key));
        assertEquals(OP_CONNECT, Selecting.report(key));
        client.finishConnect();
        Selecting.assertSilent(selector);
    }

    @Test
    void channelRegisteredBeforeItConnectsIsReported() throws IOException {
        SelectionKey key = client.register(selector, 0);
        Selecting.assertSilent(selector);
        client.connect(listener.getLocalAddress());
        key.interestOps(OP_CONNECT);
        assertEquals(OP_CONNECT, Selecting.report(key));
        assertTrue(client.finishConnect());
    }

    @Test
    void finishMayBeCalledAgain() throws IOException {
        SelectionKey key = connecting(OP_CONNECT);
        Selecting.report(key);
        assertTrue(client.finishConnect());
        assertTrue(client.finishConnect());
    }

    @Test
    void finishWithoutConnectIsRefused() throws IOException {
        client.register(selector, 0);
        assertThrows(NoConnectionPendingException.class, client::finishConnect);
        assertTrue(client.isOpen());
    }

    @Test
    void connectWhilePendingIsRefused() throws IOException {
        SelectionKey key = connecting(OP_CONNECT);
        assertThrows(ConnectionPendingException.class, () -> client.connect(listener.getLocalAddress()));
        assertEquals(OP_CONNECT, Selecting.report(key));
        assertTrue(client.finishConnect());
    }

    @Test
    void connectWhenConnectedIsRefused() throws IOException {
        Selecting.report(connecting(OP_CONNECT));
        client.finishConnect();
        assertThrows(AlreadyConnectedException.class, () -> client.connect(listener.getLocalAddress()));
        assertTrue(client.isConnected());
    }

    @Test
    void transferBeforeConnectedIsRefused() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1);
        assertThrows(NotYetConnectedException.class, () -> client.read(bytes));
        assertThrows(NotYetConnectedException.class, () -> client.write(bytes));
        connecting(OP_CONNECT);
        assertThrows(NotYetConnectedException.class, () -> client.read(bytes));
        assertThrows(NotYetConnectedException.class, () -> client.write(bytes));
        assertThrows(NotYetConnectedException.class, client::shutdownInput);
        assertThrows(NotYetConnectedException.class, client::shutdownOutput);
    }

    @Test
    void readAndWriteAreNotReportedBeforeTheConnectionIsFinished() throws IOException {
        SelectionKey key = connecting(OP_READ | OP_WRITE);
        try (SocketChannel accepted = listener.accept()) {
            accepted.write(ByteBuffer.allocate(1));
            Selecting.assertSilent(selector);
            client.finishConnect();
            Selecting.untilReported(key, OP_READ | OP_WRITE);
        }
    }

    @Test
    void onlyConnectIsReportedBeforeTheConnectionIsFinished() throws IOException {
        SelectionKey key = connecting(OP_CONNECT | OP_READ | OP_WRITE);
        try (SocketChannel accepted = listener.accept()) {
            accepted.write(ByteBuffer.allocate(1));
            assertEquals(OP_CONNECT, Selecting.report(key));
            client.finishConnect();
            assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
        }
    }

    @Test
    void refusedConnectionIsConnectableAndFinishTellsWhy() throws IOException {
        // bound but not listening: nobody else gets the port, and who connects to it is refused
        try (SocketChannel refuser = SocketChannel.open().bind(LoopbackPair.anyPort())) {
            client.connect(refuser.getLocalAddress());
            SelectionKey key = client.register(selector, OP_CONNECT);
            assertEquals(OP_CONNECT, Selecting.report(key));
            assertThrows(ConnectException.class, client::finishConnect);
            assertFalse(client.isOpen());
            assertFalse(key.isValid());
            Selecting.assertSilent(selector);
            assertTrue(selector.keys().isEmpty());
        }
    }

    @Test
    void refusedConnectionIsReportedForEveryInterest() throws IOException {
        try (SocketChannel refuser = SocketChannel.open().bind(LoopbackPair.anyPort())) {
            client.connect(refuser.getLocalAddress());
            SelectionKey key = client.register(selector, OP_CONNECT | OP_READ | OP_WRITE);
            assertEquals(OP_CONNECT | OP_READ | OP_WRITE, Selecting.report(key));
        }
    }

    @Test
    void pendingConnectionIsNotReportedUntilTheListenerHasRoom() throws IOException {
        try (FullListener full = FullListener.open()) {
            client.connect(full.address());
            SelectionKey key = client.register(selector, OP_CONNECT);
            Selecting.assertSilent(selector);
            assertFalse(client.finishConnect());
            full.acceptBacklog();
            assertEquals(OP_CONNECT, Selecting.report(key));
            assertTrue(client.finishConnect());
        }
    }

    @Test
    void closingAPendingConnectionCancelsItsKey() throws IOException {
        try (FullListener full = FullListener.open()) {
            client.connect(full.address());
            SelectionKey key = client.register(selector, OP_CONNECT);
            client.close();
            assertFalse(key.isValid());
            assertFalse(client.isConnectionPending());
            Selecting.assertSilent(selector);
            assertTrue(selector.keys().isEmpty());
            assertThrows(ClosedChannelException.class, client::finishConnect);
        }
    }

    @Test
    void closeEndsABlockedFinish() throws Exception {
        try (FullListener full = FullListener.open()) {
            client.connect(full.address());
            client.configureBlocking(true);
            BackgroundTask<Boolean> finishing = BackgroundTask.startAndBlock(client::finishConnect);
            client.close();
            assertThrows(AsynchronousCloseException.class, finishing::result);
        }
    }

    @Test
    void interruptEndsABlockedConnectAndCloses() throws Exception {
        try (FullListener full = FullListener.open(); SocketChannel blocking = SocketChannel.open()) {
            BackgroundTask<Boolean> connecting = BackgroundTask.startAndBlock(() -> blocking.connect(full.address()));
            connecting.thread().interrupt();
            assertThrows(ClosedByInterruptException.class, connecting::result);
            assertFalse(blocking.isOpen());
        }
    }

    @Test
    void pendingConnectionMayBeFinishedInBlockingMode() throws IOException {
        SelectionKey key = connecting(OP_CONNECT);
        key.cancel();
        selector.selectNow();
        client.configureBlocking(true);
        assertTrue(client.finishConnect());
        assertTrue(client.isConnected());
    }

    @Test
    void unconnectedChannelIsReportedForItsWholeInterest() throws IOException {
        // the system calls an unconnected socket hung up, and a hang-up makes the whole interest set ready
        SelectionKey key = client.register(selector, OP_CONNECT | OP_WRITE);
        assertEquals(OP_CONNECT | OP_WRITE, Selecting.report(key));
        key.interestOps(0);
        Selecting.assertSilent(selector);
    }

    @Test
    void connectionOfAChannelThatWasReportedUnconnectedIsReported() throws IOException {
        SelectionKey key = client.register(selector, OP_CONNECT);
        Selecting.report(key);
        client.connect(listener.getLocalAddress());
        assertEquals(OP_CONNECT, Selecting.report(key));
        assertTrue(client.finishConnect());
        key.interestOps(OP_WRITE);
        assertEquals(OP_WRITE, Selecting.report(key));
    }

    private SelectionKey connecting(int ops) throws IOException {
        client.connect(listener.getLocalAddress());
        return client.register(selector, ops);
    }
}
