// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.KeventOps;
import io.kevent.provider.kernel.JdkKernel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_WAKE_ONE;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** Edges that the kernel tells of a connection before the application has finished connecting: they mean something from then on. */
class EdgeWhileConnectingTest {
    private static final long BOUND_MILLIS = 10_000;

    private KeventSelector selector;
    private ServerSocketChannel listener;
    private SocketChannel client;

    @BeforeEach
    void open() throws IOException {
        selector = new KeventSelector(SelectorProvider.provider(), JdkKernel.INSTANCE);
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = SocketChannel.open();
        client.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        selector.close();
        client.close();
        listener.close();
    }

    private List<Integer> select(long timeout) throws IOException {
        List<Integer> ready = new ArrayList<>();
        selector.select(key -> ready.add(key.readyOps()), timeout);
        return ready;
    }

    /** The connection is there and the peer has sent when the kernel is asked first. */
    private SelectionKey connect(int ops) throws IOException {
        assertFalse(client.connect(listener.getLocalAddress()));
        try (SocketChannel server = listener.accept()) {
            server.write(ByteBuffer.allocate(1));
            return KeventOps.register(client, selector, ops);
        }
    }

    @Test
    void bytesThatCameWithTheConnectionAreReportedOnceItIsFinished() throws IOException {
        connect(OP_CONNECT | OP_READ | OP_EDGE);
        assertEquals(List.of(OP_CONNECT), select(BOUND_MILLIS));
        client.finishConnect();
        assertEquals(List.of(OP_READ), select(BOUND_MILLIS));
        assertEquals(List.of(), select(1));
    }

    @Test
    void bytesThatCameBeforeAnybodyWaitedForTheConnectionAreReportedOnceItIsFinished() throws IOException {
        connect(OP_READ | OP_EDGE);
        assertEquals(List.of(), select(1));
        client.finishConnect();
        assertEquals(List.of(OP_READ), select(BOUND_MILLIS));
    }

    @Test
    void bufferSpaceOfTheConnectionIsReportedOnceItIsFinished() throws IOException {
        connect(OP_CONNECT | OP_WRITE | OP_EDGE);
        assertEquals(List.of(OP_CONNECT), select(BOUND_MILLIS));
        client.finishConnect();
        assertEquals(List.of(OP_WRITE), select(BOUND_MILLIS));
        assertEquals(List.of(), select(1));
    }

    @Test
    void bytesThatCameWithTheConnectionAreReportedToAWakeOneKeyToo() throws IOException {
        connect(OP_CONNECT | OP_READ | OP_EDGE | OP_WAKE_ONE);
        assertEquals(List.of(OP_CONNECT), select(BOUND_MILLIS));
        client.finishConnect();
        assertEquals(List.of(OP_READ), select(BOUND_MILLIS));
        assertEquals(List.of(), select(1));
    }

    @Test
    void connectionIsReportedOnceWhileItIsNotFinished() throws IOException {
        connect(OP_CONNECT | OP_READ | OP_WRITE | OP_EDGE);
        assertEquals(List.of(OP_CONNECT), select(BOUND_MILLIS));
        assertEquals(List.of(), select(1));
        assertEquals(List.of(), select(1));
    }
}
