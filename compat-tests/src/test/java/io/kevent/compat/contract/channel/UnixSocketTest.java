// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Channels of the Unix domain with a selector. */
class UnixSocketTest {

    @TempDir
    private Path directory;

    private Selector selector;
    private UnixDomainSocketAddress address;
    private ServerSocketChannel listener;
    private SocketChannel near;
    private SocketChannel far;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        address = UnixDomainSocketAddress.of(directory.resolve("socket"));
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        near = SocketChannel.open(address);
        far = listener.accept();
        near.configureBlocking(false);
        far.configureBlocking(false);
        listener.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        near.close();
        far.close();
        listener.close();
        selector.close();
    }

    @Test
    void connectedAndAcceptedChannelNameTheirProvider() {
        assertSame(SelectorProvider.provider(), near.provider());
        assertSame(SelectorProvider.provider(), far.provider());
        assertSame(SelectorProvider.provider(), listener.provider());
    }

    @Test
    void acceptWithNobodyThereGivesNull() throws IOException {
        assertNull(listener.accept());
        listener.register(selector, OP_ACCEPT);
        Selecting.assertSilent(selector);
    }

    @Test
    void connectionIsAcceptable() throws IOException {
        SelectionKey key = listener.register(selector, OP_ACCEPT);
        try (SocketChannel client = SocketChannel.open(address)) {
            assertTrue(client.isConnected());
            assertEquals(OP_ACCEPT, Selecting.report(key));
            try (SocketChannel accepted = listener.accept()) {
                assertTrue(accepted.isBlocking());
            }
            Selecting.assertSilent(selector);
        }
    }

    @Test
    void nonBlockingConnectIsFinishedAtOnce() throws IOException {
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.configureBlocking(false);
            assertTrue(client.connect(address));
            client.register(selector, OP_CONNECT);
            Selecting.assertSilent(selector);
            assertTrue(client.finishConnect());
        }
    }

    @Test
    void connectToNobodyIsRefused() throws IOException {
        UnixDomainSocketAddress nobody = UnixDomainSocketAddress.of(directory.resolve("nobody"));
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.configureBlocking(false);
            assertThrows(IOException.class, () -> client.connect(nobody));
        }
    }

    @Test
    void dataIsReadableUntilItIsRead() throws IOException {
        SelectionKey key = near.register(selector, OP_READ);
        Selecting.assertSilent(selector);
        far.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(2, near.read(ByteBuffer.allocate(2)));
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(1, near.read(ByteBuffer.allocate(2)));
        Selecting.assertSilent(selector);
        assertEquals(0, near.read(ByteBuffer.allocate(2)));
    }

    @Test
    void fullBufferIsWritableAgainWhenThePeerHasRead() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 12);
        long filled = 0;
        for (int n = near.write(bytes); n > 0; n = near.write(bytes.clear())) {
            filled += n;
        }
        SelectionKey key = near.register(selector, OP_WRITE);
        Selecting.assertSilent(selector);
        for (long left = filled; left > 0;) {
            left -= far.read(bytes.clear());
        }
        assertEquals(OP_WRITE, Selecting.report(key));
    }

    @Test
    void readAndWriteAreReportedTogether() throws IOException {
        SelectionKey key = near.register(selector, OP_READ | OP_WRITE);
        assertEquals(OP_WRITE, Selecting.report(key));
        far.write(ByteBuffer.allocate(1));
        assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
    }

    @Test
    void closeOfThePeerIsTheEndOfInput() throws IOException {
        SelectionKey key = near.register(selector, OP_READ);
        far.close();
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(-1, near.read(ByteBuffer.allocate(1)));
        assertEquals(OP_READ, Selecting.report(key));
        assertThrows(IOException.class, () -> near.write(ByteBuffer.allocate(1)));
    }

    @Test
    void closeOfThePeerIsReportedForTheWholeInterest() throws IOException {
        SelectionKey key = near.register(selector, OP_READ | OP_WRITE);
        far.close();
        assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
    }

    @Test
    void halfCloseIsReadableByThePeerWhoMayStillAnswer() throws IOException {
        SelectionKey key = near.register(selector, OP_READ);
        far.shutdownOutput();
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(-1, near.read(ByteBuffer.allocate(1)));
        assertEquals(4, near.write(ByteBuffer.allocate(4)));
        assertEquals(4, far.read(ByteBuffer.allocate(10)));
        assertThrows(ClosedChannelException.class, () -> far.write(ByteBuffer.allocate(1)));
    }

    @Test
    void dataComesBeforeTheEndOfInput() throws IOException {
        SelectionKey key = near.register(selector, OP_READ);
        far.write(ByteBuffer.allocate(6));
        far.close();
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(6, near.read(ByteBuffer.allocate(10)));
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(-1, near.read(ByteBuffer.allocate(10)));
    }

    @Test
    void closeCancelsTheKeyAndEndsThePeersInput() throws IOException {
        SelectionKey key = near.register(selector, OP_READ);
        near.close();
        assertFalse(key.isValid());
        assertEquals(0, selector.selectNow());
        assertEquals(Set.of(), selector.keys());
        assertEquals(-1, far.read(ByteBuffer.allocate(1)));
    }

    @Test
    void adaptorIsNotOffered() {
        assertThrows(UnsupportedOperationException.class, near::socket);
        assertThrows(UnsupportedOperationException.class, listener::socket);
    }

    @Test
    void closedListenerLeavesItsFile() throws IOException {
        SelectionKey key = listener.register(selector, OP_ACCEPT);
        listener.close();
        assertFalse(key.isValid());
        assertEquals(0, selector.selectNow());
        assertTrue(Files.exists(address.getPath()));
        assertThrows(IOException.class, () -> SocketChannel.open(address).close());
    }
}
