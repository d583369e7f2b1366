// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.KeventOps;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static io.kevent.KeventOps.OP_WAKE_ONE;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The options while a connection is being made: it is reported by the option's rule, and the transfer that follows too. */
@Tag("kevent")
class ConnectOptionsTest {

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

    @ParameterizedTest
    @ValueSource(ints = {OP_EDGE, OP_ONESHOT, OP_DISPATCH, OP_EDGE | OP_WAKE_ONE, OP_ONESHOT | OP_WAKE_ONE, OP_DISPATCH | OP_WAKE_ONE})
    void connectionIsReportedOnce(int options) throws IOException {
        client.connect(listener.getLocalAddress());
        SelectionKey key = KeventOps.register(client, selector, OP_CONNECT | options);
        assertEquals(OP_CONNECT, Selecting.report(key));
        Selecting.assertSilent(selector);
        assertTrue(client.finishConnect());
        Selecting.assertSilent(selector);
    }

    @ParameterizedTest
    @ValueSource(ints = {OP_EDGE, OP_ONESHOT, OP_DISPATCH, OP_EDGE | OP_WAKE_ONE})
    void refusedConnectionIsReportedOnce(int options) throws IOException {
        try (SocketChannel refuser = SocketChannel.open().bind(LoopbackPair.anyPort())) {
            client.connect(refuser.getLocalAddress());
            SelectionKey key = KeventOps.register(client, selector, OP_CONNECT | options);
            assertEquals(OP_CONNECT, Selecting.report(key));
            Selecting.assertSilent(selector);
            assertThrows(ConnectException.class, client::finishConnect);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {OP_EDGE, OP_ONESHOT, OP_DISPATCH, OP_EDGE | OP_ONESHOT, OP_EDGE | OP_WAKE_ONE})
    void transferAfterTheConnectionIsReportedByTheOption(int options) throws IOException {
        client.connect(listener.getLocalAddress());
        SelectionKey key = KeventOps.register(client, selector, OP_CONNECT | options);
        assertEquals(OP_CONNECT, Selecting.report(key));
        client.finishConnect();
        key.interestOps(OP_WRITE | options);
        assertEquals(OP_WRITE, Selecting.report(key));
        Selecting.assertSilent(selector);
        key.interestOps(OP_READ | options);
        Selecting.assertSilent(selector);
        try (SocketChannel accepted = listener.accept()) {
            accepted.write(ByteBuffer.allocate(1));
            assertEquals(OP_READ, Selecting.report(key));
            Selecting.assertSilent(selector);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {OP_EDGE, OP_EDGE | OP_WAKE_ONE})
    void edgesThatCameBeforeTheConnectionWasFinishedAreReportedAfterIt(int options) throws IOException {
        client.connect(listener.getLocalAddress());
        SelectionKey key = KeventOps.register(client, selector, OP_CONNECT | OP_READ | OP_WRITE | options);
        try (SocketChannel accepted = listener.accept()) {
            accepted.write(ByteBuffer.allocate(1));
            assertEquals(OP_CONNECT, Selecting.report(key));
            Selecting.assertSilent(selector);
            // the interest set stays as it is: nobody but the selector knows that reading and writing have become possible
            client.finishConnect();
            assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
            Selecting.assertSilent(selector);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {OP_EDGE, OP_EDGE | OP_WAKE_ONE})
    void bytesThatCameBeforeTheConnectionWasReportedAreReportedAfterIt(int options) throws IOException {
        client.connect(listener.getLocalAddress());
        SelectionKey key = KeventOps.register(client, selector, OP_CONNECT | OP_READ | options);
        try (SocketChannel accepted = listener.accept()) {
            accepted.write(ByteBuffer.allocate(1));
            assertEquals(OP_CONNECT, Selecting.report(key));
            client.finishConnect();
            key.interestOpsAnd(~OP_CONNECT);
            assertEquals(OP_READ, Selecting.report(key));
            Selecting.assertSilent(selector);
        }
    }

    @Test
    void channelRegisteredWithEdgeBeforeItConnectsIsReported() throws IOException {
        SelectionKey key = KeventOps.register(client, selector, OP_EDGE);
        Selecting.assertSilent(selector);
        client.connect(listener.getLocalAddress());
        key.interestOps(OP_CONNECT | OP_EDGE);
        assertEquals(OP_CONNECT, Selecting.report(key));
        assertTrue(client.finishConnect());
    }
}
