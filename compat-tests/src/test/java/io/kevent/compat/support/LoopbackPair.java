// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.support;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A connected TCP pair on 127.0.0.1: the near end is non-blocking and the one to register, the far end is blocking and plays the peer. */
public final class LoopbackPair implements AutoCloseable {

    private final SocketChannel near;
    private final SocketChannel far;

    private LoopbackPair(SocketChannel near, SocketChannel far) {
        this.near = near;
        this.far = far;
    }

    public static LoopbackPair open() throws IOException {
        try (ServerSocketChannel listener = listen()) {
            return open(listener);
        }
    }

    /** Many pairs in a row go through one listener, which is cheaper than a listener each. */
    public static LoopbackPair open(ServerSocketChannel listener) throws IOException {
        SocketChannel near = SocketChannel.open(listener.getLocalAddress());
        try {
            SocketChannel far = listener.accept();
            near.setOption(StandardSocketOptions.TCP_NODELAY, true);
            far.setOption(StandardSocketOptions.TCP_NODELAY, true);
            near.configureBlocking(false);
            return new LoopbackPair(near, far);
        } catch (IOException e) {
            near.close();
            throw e;
        }
    }

    /** A blocking listener on a port that the system chooses. */
    public static ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open().bind(anyPort());
    }

    public static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    public SocketChannel near() {
        return near;
    }

    public SocketChannel far() {
        return far;
    }

    /** The far end writes so many bytes, all of them. */
    public void send(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            far.write(bytes);
        }
    }

    /** The far end reads so many bytes, blocking. */
    public void receive(long count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        for (long left = count; left > 0;) {
            bytes.clear().limit((int) Math.min(left, bytes.capacity()));
            int n = far.read(bytes);
            if (n < 0) {
                throw new EOFException(left + " of " + count + " bytes missing");
            }
            left -= n;
        }
    }

    /** The near end writes until the system takes no more; tells how many bytes it took. */
    public long fillNear() throws IOException {
        long total = 0;
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        for (int n = near.write(bytes); n > 0; n = near.write(bytes.clear())) {
            total += n;
        }
        return total;
    }

    /** The near end reads at most so many bytes; tells what read said. */
    public int readNear(int atMost) throws IOException {
        return near.read(ByteBuffer.allocate(atMost));
    }

    /** The far end goes with a reset instead of a FIN. */
    public void resetFar() throws IOException {
        far.setOption(StandardSocketOptions.SO_LINGER, 0);
        far.close();
    }

    @Override
    public void close() throws IOException {
        try (far) {
            near.close();
        }
    }
}
