// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;

/** A connection that comes to a selector, and goes. Other connections stay. */
final class ChurnWorkload implements Workload {
    private final int others;
    private final Callable<Selector> opening;
    private Selector selector;
    private LoopbackPairs pairs;
    private ServerSocketChannel listener;

    ChurnWorkload(int others, Callable<Selector> opening) {
        this.others = others;
        this.opening = opening;
    }

    @Override
    public void open() throws Exception {
        pairs = new LoopbackPairs(others);
        selector = opening.call();
        for (int i = 0; i < others; i++) {
            pairs.near(i).register(selector, SelectionKey.OP_READ);
        }
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    }

    @Override
    public long work() throws Exception {
        try (SocketChannel client = SocketChannel.open(listener.getLocalAddress())) {
            // no port is to wait for late packets: there would soon be none left
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            SocketChannel accepted = listener.accept();
            accepted.configureBlocking(false);
            accepted.register(selector, SelectionKey.OP_READ);
            int found = selector.selectNow();
            accepted.close();
            return found + selector.selectNow();
        }
    }

    @Override
    public void close() throws Exception {
        selector.close();
        listener.close();
        pairs.close();
    }
}
