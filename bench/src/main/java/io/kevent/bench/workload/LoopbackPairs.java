// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connected TCP sockets of the loopback. The near ends do not block. */
public final class LoopbackPairs implements AutoCloseable {
    private final List<SocketChannel> near = new ArrayList<>();
    private final List<SocketChannel> far = new ArrayList<>();

    /**
     * Connects.
     *
     * @param count how many pairs
     * @throws IOException if there are not that many descriptors or ports
     */
    public LoopbackPairs(int count) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            for (int i = 0; i < count; i++) {
                far.add(SocketChannel.open(listener.getLocalAddress()));
                near.add(listener.accept());
                near.get(i).configureBlocking(false);
                near.get(i).setOption(StandardSocketOptions.TCP_NODELAY, true);
                far.get(i).setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * The end to register.
     *
     * @param index which pair
     * @return its near end
     */
    public SocketChannel near(int index) {
        return near.get(index);
    }

    /**
     * The end to send from.
     *
     * @param index which pair
     * @return its far end, which blocks
     */
    public SocketChannel far(int index) {
        return far.get(index);
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : far) {
            // no port is to wait for late packets: others need it
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        }
        for (SocketChannel channel : near) {
            channel.close();
        }
    }
}
