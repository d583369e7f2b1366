// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** What the servers on channels have in common. */
final class Echo {
    private static final int BACKLOG = 4096;
    private static final int ROOM = 4096;
    private static final ThreadLocal<ByteBuffer> BUFFER = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(ROOM));

    private Echo() { }

    static ServerSocketChannel listen() throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), BACKLOG);
        listener.configureBlocking(false);
        return listener;
    }

    /** Who is given the connections that {@link #acceptEach} accepts. */
    interface Acceptor {
        void accepted(SocketChannel connection) throws IOException;
    }

    /** Listens, and accepts in a thread that does nothing else. Returns the port. */
    static int acceptEach(Acceptor acceptor) throws IOException {
        ServerSocketChannel listener = listen();
        listener.configureBlocking(true);
        new Thread(() -> {
            try {
                for (;;) {
                    acceptor.accepted(accept(listener));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }, "acceptor").start();
        return port(listener);
    }

    static int port(ServerSocketChannel listener) throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    /** Accepts a connection, or returns null. */
    static SocketChannel accept(ServerSocketChannel listener) throws IOException {
        SocketChannel connection = listener.accept();
        if (connection != null) {
            connection.configureBlocking(false);
            connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        return connection;
    }

    /** Reads once and sends that back. Returns how many bytes; closes the connection at its end, and then returns a negative number. */
    static int echo(SocketChannel connection) throws IOException {
        ByteBuffer buffer = BUFFER.get().clear();
        int read = connection.read(buffer);
        if (read < 0) {
            connection.close();
            return read;
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            // less than any socket's buffer, and the client reads it before it sends more
            connection.write(buffer);
        }
        return read;
    }
}
