// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Listening channels: accepting with and without a selector, by one and by several, and closing with connections that nobody accepted. */
class ServerSocketTest {

    private Selector selector;
    private ServerSocketChannel listener;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        listener = LoopbackPair.listen();
        listener.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
        selector.close();
    }

    @Test
    void acceptWithNobodyThereGivesNull() throws IOException {
        assertNull(listener.accept());
        listener.register(selector, OP_ACCEPT);
        Selecting.assertSilent(selector);
        assertNull(listener.accept());
    }

    @Test
    void connectionIsAcceptable() throws IOException {
        SelectionKey key = listener.register(selector, OP_ACCEPT);
        try (SocketChannel client = connect()) {
            assertEquals(OP_ACCEPT, Selecting.report(key));
            try (SocketChannel accepted = listener.accept()) {
                assertEquals(client.getLocalAddress(), accepted.getRemoteAddress());
            }
            Selecting.assertSilent(selector);
        }
    }

    @Test
    void acceptedChannelBlocksWhateverTheListenerDoes() throws IOException {
        listener.register(selector, OP_ACCEPT);
        try (SocketChannel client = connect(); SocketChannel accepted = listener.accept()) {
            assertTrue(client.isConnected());
            assertTrue(accepted.isBlocking());
            assertTrue(accepted.isConnected());
            assertFalse(accepted.isRegistered());
        }
    }

    @Test
    void listenerStaysAcceptableUntilTheBacklogIsEmpty() throws IOException {
        SelectionKey key = listener.register(selector, OP_ACCEPT);
        try (SocketChannel one = connect(); SocketChannel two = connect(); SocketChannel three = connect()) {
            for (SocketChannel client : new SocketChannel[] {one, two, three}) {
                assertEquals(OP_ACCEPT, Selecting.report(key));
                try (SocketChannel accepted = listener.accept()) {
                    assertEquals(client.getLocalAddress(), accepted.getRemoteAddress());
                }
            }
            Selecting.assertSilent(selector);
        }
    }

    @Test
    void connectionThatWasThereBeforeRegistrationIsReported() throws IOException {
        try (SocketChannel client = connect()) {
            SelectionKey key = listener.register(selector, OP_ACCEPT);
            assertEquals(OP_ACCEPT, Selecting.report(key));
            try (SocketChannel accepted = listener.accept()) {
                assertEquals(client.getLocalAddress(), accepted.getRemoteAddress());
            }
        }
    }

    @Test
    void connectionMadeWhileInterestIsOffIsReportedWhenItIsBack() throws IOException {
        SelectionKey key = listener.register(selector, OP_ACCEPT);
        Selecting.assertSilent(selector);
        key.interestOps(0);
        try (SocketChannel client = connect()) {
            Selecting.assertSilent(selector);
            key.interestOps(OP_ACCEPT);
            assertEquals(OP_ACCEPT, Selecting.report(key));
            assertTrue(client.isConnected());
        }
    }

    @Test
    void channelRegisteredBeforeItIsBoundAccepts() throws IOException {
        try (ServerSocketChannel late = ServerSocketChannel.open()) {
            late.configureBlocking(false);
            SelectionKey key = late.register(selector, 0);
            assertEquals(0, selector.selectNow());
            key.interestOps(OP_ACCEPT);
            // an unbound socket counts as hung up, which may be reported
            selector.selectNow();
            selector.selectedKeys().clear();
            late.bind(LoopbackPair.anyPort());
            Selecting.assertSilent(selector);
            try (SocketChannel client = SocketChannel.open(late.getLocalAddress())) {
                assertEquals(OP_ACCEPT, Selecting.report(key));
                try (SocketChannel accepted = late.accept()) {
                    assertEquals(client.getLocalAddress(), accepted.getRemoteAddress());
                }
            }
        }
    }

    @Test
    void acceptBeforeBindIsRefused() throws IOException {
        try (ServerSocketChannel unbound = ServerSocketChannel.open()) {
            unbound.configureBlocking(false);
            assertThrows(NotYetBoundException.class, unbound::accept);
            assertThrows(AlreadyBoundException.class, () -> listener.bind(null));
        }
    }

    @Test
    void twoSelectorsSeeTheSameConnectionAndOneGetsIt() throws IOException {
        try (Selector second = Selector.open(); SocketChannel client = SocketChannel.open()) {
            SelectionKey one = listener.register(selector, OP_ACCEPT);
            SelectionKey two = listener.register(second, OP_ACCEPT);
            client.connect(listener.getLocalAddress());
            assertEquals(OP_ACCEPT, Selecting.report(one));
            assertEquals(OP_ACCEPT, Selecting.report(two));
            try (SocketChannel accepted = listener.accept()) {
                assertNotNull(accepted);
                assertNull(listener.accept());
                Selecting.assertSilent(selector);
                Selecting.assertSilent(second);
            }
        }
    }

    @Test
    void bothBlockedSelectorsAreWokenByAConnection() throws Exception {
        try (Selector second = Selector.open()) {
            listener.register(selector, OP_ACCEPT);
            listener.register(second, OP_ACCEPT);
            BackgroundTask<Integer> one = BackgroundTask.startAndBlock(selector::select);
            BackgroundTask<Integer> two = BackgroundTask.startAndBlock(second::select);
            try (SocketChannel client = connect()) {
                assertEquals(1, one.result());
                assertEquals(1, two.result());
                assertTrue(client.isConnected());
            }
        }
    }

    @Test
    void connectionResetBeforeAcceptIsStillAccepted() throws IOException {
        SelectionKey key = listener.register(selector, OP_ACCEPT);
        SocketChannel client = connect();
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
        client.close();
        assertEquals(OP_ACCEPT, Selecting.report(key));
        try (SocketChannel accepted = listener.accept()) {
            assertThrows(IOException.class, () -> accepted.read(ByteBuffer.allocate(1)));
        }
        Selecting.assertSilent(selector);
    }

    @Test
    void closeResetsTheConnectionsThatNobodyAccepted() throws IOException {
        SelectionKey key = listener.register(selector, OP_ACCEPT);
        try (SocketChannel one = connect(); SocketChannel two = connect()) {
            assertEquals(1, selector.select());
            listener.close();
            assertFalse(key.isValid());
            assertEquals(0, selector.selectNow());
            assertEquals(Set.of(), selector.keys());
            assertEquals(Set.of(), selector.selectedKeys());
            assertThrows(IOException.class, () -> one.read(ByteBuffer.allocate(1)));
            assertThrows(IOException.class, () -> two.read(ByteBuffer.allocate(1)));
            assertThrows(ClosedChannelException.class, listener::accept);
        }
    }

    @Test
    void clientOfAClosedListenerIsToldByItsSelector() throws IOException {
        try (SocketChannel client = connect()) {
            client.configureBlocking(false);
            SelectionKey key = client.register(selector, OP_READ);
            Selecting.assertSilent(selector);
            listener.close();
            assertEquals(OP_READ, Selecting.report(key));
            assertThrows(IOException.class, () -> client.read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void closeEndsABlockedAccept() throws Exception {
        listener.configureBlocking(true);
        BackgroundTask<SocketChannel> accepting = BackgroundTask.startAndBlock(listener::accept);
        listener.close();
        assertThrows(AsynchronousCloseException.class, accepting::result);
    }

    @Test
    void adaptorRefusesARegisteredListener() throws IOException {
        listener.register(selector, OP_ACCEPT);
        assertSame(listener, listener.socket().getChannel());
        assertThrows(IllegalBlockingModeException.class, () -> listener.socket().accept());
        listener.socket().setSoTimeout(50);
        assertThrows(IllegalBlockingModeException.class, () -> listener.socket().accept());
    }

    @Test
    void adaptorAcceptsWithTimeout() throws IOException {
        listener.configureBlocking(true);
        listener.socket().setSoTimeout(50);
        assertThrows(SocketTimeoutException.class, () -> listener.socket().accept());
        try (SocketChannel client = connect(); Socket accepted = listener.socket().accept()) {
            assertEquals(client.socket().getLocalPort(), accepted.getPort());
            assertNotNull(accepted.getChannel());
        }
        listener.configureBlocking(false);
        SelectionKey key = listener.register(selector, OP_ACCEPT);
        Selecting.assertSilent(selector);
        try (SocketChannel client = connect()) {
            assertEquals(OP_ACCEPT, Selecting.report(key));
            assertTrue(client.isConnected());
        }
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(listener.getLocalAddress());
    }
}
