// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Unix domain sockets: as TCP ones, but for what their kernel side does otherwise. */
class UnixDomainReadinessTest extends SelectorContract {

    @TempDir
    private Path directory;
    private ServerSocketChannel listener;

    @BeforeEach
    void openListener() throws IOException {
        listener = closeLater(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        listener.bind(UnixDomainSocketAddress.of(directory.resolve("s")));
    }

    private SocketChannel connected() throws IOException {
        SocketChannel near = closeLater(SocketChannel.open(listener.getLocalAddress()));
        near.configureBlocking(false);
        return near;
    }

    @Test
    void connectionsAreAccepted() throws IOException {
        listener.configureBlocking(false);
        SelectionKey key = listener.register(selector, OP_ACCEPT);
        assertReportsNothing();
        connected();
        connected();
        assertReports(key, OP_ACCEPT);
        closeLater(listener.accept());
        assertReports(key, OP_ACCEPT);
        closeLater(listener.accept());
        assertReportsNothing();
    }

    @Test
    void dataIsReportedUntilItIsRead() throws IOException {
        SocketChannel near = connected();
        SocketChannel far = closeLater(listener.accept());
        SelectionKey key = near.register(selector, OP_READ);
        assertReportsNothing();
        far.write(ByteBuffer.allocate(4));
        assertReports(key, OP_READ);
        assertEquals(2, near.read(ByteBuffer.allocate(2)));
        assertReports(key, OP_READ);
        assertEquals(2, drain(near));
        assertReportsNothing();
    }

    @Test
    void roomIsReportedUntilTheBufferIsFull() throws IOException {
        SocketChannel near = connected();
        SocketChannel far = closeLater(listener.accept());
        SelectionKey key = near.register(selector, OP_WRITE);
        assertReports(key, OP_WRITE);
        long held = 0;
        for (int n = 1; n > 0; held += n) {
            n = near.write(ByteBuffer.allocate(1 << 14));
        }
        assertReportsNothing();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 14);
        while (held > 0) {
            held -= far.read(bytes.clear());
        }
        assertReports(key, OP_WRITE);
    }

    @Test
    void endOfStreamIsReportedByEachSelect() throws IOException {
        SocketChannel near = connected();
        SocketChannel far = closeLater(listener.accept());
        SelectionKey key = near.register(selector, OP_READ);
        far.write(ByteBuffer.allocate(1));
        far.close();
        assertReports(key, OP_READ);
        assertEquals(1, near.read(ByteBuffer.allocate(1)));
        assertReports(key, OP_READ);
        assertEquals(-1, near.read(ByteBuffer.allocate(1)));
        assertReports(key, OP_READ);
    }

    @Test
    void hangUpWithInterestOffReportsNothing() throws IOException {
        SocketChannel near = connected();
        SocketChannel far = closeLater(listener.accept());
        SelectionKey key = near.register(selector, 0);
        far.close();
        assertReportsNothing();
        key.interestOps(OP_READ);
        assertReports(key, OP_READ);
        key.interestOps(0);
        assertReportsNothing();
    }

    @Test
    void halfCloseIsReported() throws IOException {
        SocketChannel near = connected();
        SocketChannel far = closeLater(listener.accept());
        SelectionKey key = near.register(selector, OP_READ);
        far.shutdownOutput();
        assertReports(key, OP_READ);
        key.interestOps(OP_WRITE);
        assertReports(key, OP_WRITE);
    }

    @Test
    void nonBlockingConnectIsDoneAtOnce() throws IOException {
        SocketChannel near = closeLater(SocketChannel.open(StandardProtocolFamily.UNIX));
        near.configureBlocking(false);
        SelectionKey key = near.register(selector, 0);
        selector.selectNow();
        assertTrue(near.connect(listener.getLocalAddress()));
        key.interestOps(OP_CONNECT | OP_WRITE);
        assertReports(key, OP_WRITE);
    }
}
