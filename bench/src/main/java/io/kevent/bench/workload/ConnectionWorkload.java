// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A connection that comes, is watched, and goes. Other connections stay. */
abstract class ConnectionWorkload implements Workload {
    private final int others;
    private LoopbackPairs pairs;
    private ServerSocketChannel listener;

    ConnectionWorkload(int others) {
        this.others = others;
    }

    @Override
    public final void open() throws Exception {
        pairs = new LoopbackPairs(others);
        begin();
        for (int i = 0; i < others; i++) {
            watch(pairs.near(i));
        }
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    }

    @Override
    public final long work() throws Exception {
        try (SocketChannel client = SocketChannel.open(listener.getLocalAddress())) {
            // no port is to wait for late packets: there would soon be none left
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            SocketChannel accepted = listener.accept();
            accepted.configureBlocking(false);
            watch(accepted);
            int found = look();
            leave(accepted);
            return found + look();
        }
    }

    @Override
    public final void close() throws Exception {
        end();
        listener.close();
        pairs.close();
    }

    /** Opens what watches. */
    abstract void begin() throws Exception;

    /** Watches a connection. */
    abstract void watch(SocketChannel connection) throws Exception;

    /** Looks for what is ready; returns how many are. */
    abstract int look() throws Exception;

    /** Closes a connection, which is not watched any more after the next look. */
    abstract void leave(SocketChannel connection) throws Exception;

    /** Closes what watches. */
    abstract void end() throws Exception;
}
