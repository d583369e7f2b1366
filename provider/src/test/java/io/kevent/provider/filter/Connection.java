// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A TCP connection whose one end is in non-blocking mode, to be watched. */
final class Connection implements Closeable {
    final SocketChannel channel;
    final SocketChannel peer;

    Connection() throws IOException {
        try (ServerSocketChannel listener = ChannelSource.listen()) {
            peer = SocketChannel.open(listener.getLocalAddress());
            channel = listener.accept();
        }
        channel.configureBlocking(false);
    }

    void send(int bytes) throws IOException {
        assertEquals(bytes, peer.write(ByteBuffer.allocate(bytes)));
    }

    int read() throws IOException {
        return channel.read(ByteBuffer.allocate(64));
    }

    @Override
    public void close() throws IOException {
        channel.close();
        peer.close();
    }
}
