// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.ChannelKnote;
import io.kevent.EventBatch;
import io.kevent.KeventOps;
import io.kevent.provider.queue.Background;
import io.kevent.provider.queue.TestQueue;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Channels: operations, the end of stream, errors, and what is refused. */
class ChannelTest {
    private TestQueue events;
    private Connection connection;
    private SocketChannel channel;

    @BeforeEach
    void open() throws IOException {
        events = new TestQueue();
        connection = new Connection();
        channel = connection.channel;
    }

    @AfterEach
    void close() throws IOException {
        events.close();
        connection.close();
    }

    private void drainPeer(long bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        for (long left = bytes; left > 0; buffer.clear()) {
            left -= connection.peer.read(buffer);
        }
    }

    // ---- operations

    @Test
    void onlyOperationsOfTheInterestSetAreTold() throws Exception {
        ChannelKnote knote = events.queue.register(channel, OP_WRITE, null);
        connection.send(1);
        assertEquals(OP_WRITE, events.awaitEventOf(knote).readyOps());
        knote.interestOps(OP_READ);
        assertEquals(OP_READ, events.awaitEventOf(knote).readyOps());
        knote.interestOps(OP_READ | OP_WRITE);
        assertEquals(OP_READ | OP_WRITE, events.awaitEventOf(knote).readyOps());
    }

    @Test
    void emptyInterestSetIsAcceptedAndTellsNothing() throws Exception {
        ChannelKnote knote = events.queue.register(channel, OP_EDGE, null);
        connection.send(1);
        connection.peer.shutdownOutput();
        events.assertNothing();
        knote.interestOps(0);
        events.assertNothing();
        assertEquals(0, knote.interestOps());
        knote.interestOps(OP_READ);
        events.awaitEventOf(knote);
    }

    @Test
    void operationThatIsTakenOutOfTheInterestSetIsNotTold() throws Exception {
        ChannelKnote knote = events.queue.register(channel, OP_READ, null);
        connection.send(1);
        knote.interestOps(0);
        events.assertNothing();
    }

    @Test
    void fullBufferIsWritableWhenThePeerHasRead() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long written = 0;
        ChannelKnote knote = events.queue.register(channel, OP_WRITE | OP_EDGE, null);
        events.awaitEventOf(knote);
        // each edge tells of room anew, as the peer's window takes what the buffer holds
        for (int count = channel.write(buffer); count > 0; count = channel.write(buffer)) {
            written += count;
            buffer.clear();
        }
        Background<EventBatch> taking = Background.start(() -> events.awaitEventOf(knote));
        drainPeer(written);
        assertEquals(OP_WRITE, taking.result().readyOps());
    }

    @Test
    void connectionThatIsMadeIsTold() throws Exception {
        try (ServerSocketChannel listener = ChannelSource.listen(); SocketChannel client = SocketChannel.open()) {
            client.configureBlocking(false);
            client.connect(listener.getLocalAddress());
            ChannelKnote knote = events.queue.register(client, OP_CONNECT, null);
            if (client.isConnectionPending()) {
                assertEquals(OP_CONNECT, events.awaitEventOf(knote).readyOps());
            }
            assertTrue(client.finishConnect());
            knote.interestOps(OP_WRITE);
            assertEquals(OP_WRITE, events.awaitEventOf(knote).readyOps());
        }
    }

    @Test
    void connectionThatIsRefusedIsTold() throws Exception {
        SocketAddress nobody;
        try (ServerSocketChannel listener = ChannelSource.listen()) {
            nobody = new InetSocketAddress("127.0.0.1", ((InetSocketAddress) listener.getLocalAddress()).getPort());
        }
        try (SocketChannel client = SocketChannel.open()) {
            client.configureBlocking(false);
            ChannelKnote knote = events.queue.register(client, 0, null);
            assertThrows(ConnectException.class, () -> {
                client.connect(nobody);
                knote.interestOps(OP_CONNECT);
                assertEquals(OP_CONNECT, events.awaitEventOf(knote).readyOps());
                client.finishConnect();
            });
        }
    }

    // ---- the end

    @Test
    void endOfStreamIsToldTogetherWithWhatIsStillToBeRead() throws Exception {
        ChannelKnote knote = events.queue.register(channel, OP_READ, null);
        connection.send(3);
        connection.peer.shutdownOutput();
        EventBatch event;
        do {
            // the data may be there before the end is
            event = events.awaitEventOf(knote);
            assertEquals(OP_READ, event.readyOps());
        } while (event.flags() == 0);
        assertEquals(EventBatch.EOF, event.flags());
        assertEquals(3, connection.read());
        assertTrue(events.awaitEventOf(knote).has(EventBatch.EOF));
        assertEquals(-1, connection.read());
    }

    @Test
    void endOfStreamIsToldUnderEdgeAsWell() throws Exception {
        ChannelKnote knote = events.queue.register(channel, OP_READ | OP_EDGE, null);
        connection.send(3);
        assertEquals(0, events.awaitEventOf(knote).flags());
        connection.peer.shutdownOutput();
        assertEquals(EventBatch.EOF, events.awaitEventOf(knote).flags());
        assertEquals(3, connection.read());
        events.assertNothing();
    }

    @Test
    void resetIsToldAsAnError() throws Exception {
        ChannelKnote knote = events.queue.register(channel, OP_READ, null);
        connection.peer.setOption(StandardSocketOptions.SO_LINGER, 0);
        connection.peer.close();
        EventBatch event = events.awaitEventOf(knote);
        assertEquals(OP_READ, event.readyOps());
        assertTrue(event.has(EventBatch.ERROR));
        assertThrows(IOException.class, () -> connection.read());
    }

    // ---- beside others

    @Test
    void knoteKnowsItsChannel() throws Exception {
        assertSame(channel, events.queue.register(channel, OP_READ, null).channel());
    }

    @Test
    void selectorIsToldAsWell() throws Exception {
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, OP_READ);
            ChannelKnote knote = events.queue.register(channel, OP_READ, null);
            connection.send(1);
            events.awaitEventOf(knote);
            assertEquals(1, selector.select());
            assertTrue(key.isReadable());
            knote.delete();
            assertTrue(key.isValid());
        }
    }

    @Test
    void cancelledKeyOfASelectorLeavesTheKnoteAlone() throws Exception {
        ChannelKnote knote = events.queue.register(channel, OP_READ, null);
        try (Selector selector = Selector.open()) {
            channel.register(selector, OP_READ).cancel();
            selector.selectNow();
        }
        connection.send(1);
        events.awaitEventOf(knote);
    }

    // ---- what is refused

    @Test
    void channelInBlockingModeIsRefused() throws Exception {
        channel.configureBlocking(true);
        assertThrows(IllegalBlockingModeException.class, () -> events.queue.register(channel, OP_READ, null));
        channel.configureBlocking(false);
        events.queue.register(channel, OP_READ, null);
    }

    @Test
    void channelThatIsClosedIsRefused() throws Exception {
        channel.close();
        assertThrows(ClosedChannelException.class, () -> events.queue.register(channel, OP_READ, null));
    }

    @Test
    void blockingModeIsRefusedWhileItIsWatchedAndNotAfterDelete() throws Exception {
        ChannelKnote knote = events.queue.register(channel, OP_READ, null);
        assertTrue(channel.isRegistered());
        assertThrows(IllegalBlockingModeException.class, () -> channel.configureBlocking(true));
        knote.delete();
        assertFalse(channel.isRegistered());
        channel.configureBlocking(true);
    }

    @Test
    void operationOfAnotherKindOfChannelIsRefusedByName() throws Exception {
        try (ServerSocketChannel listener = ChannelSource.listen()) {
            listener.configureBlocking(false);
            String message = assertThrows(IllegalArgumentException.class, () -> events.queue.register(listener, OP_READ, null)).getMessage();
            assertTrue(message.contains("OP_READ") && message.contains(KeventOps.toString(listener.validOps())), message);
            assertFalse(listener.isRegistered());
        }
    }
}
