// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.support;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.fail;

/** A listener whose backlog is full: whoever connects to it stays pending, until some of the backlog is accepted and the system tries again. */
public final class FullListener implements AutoCloseable {

    private static final int ENOUGH = 32;
    private static final long PENDING_MILLIS = 100;

    private final ServerSocketChannel listener;
    private final List<SocketChannel> backlog = new ArrayList<>();

    private FullListener(ServerSocketChannel listener) {
        this.listener = listener;
    }

    public static FullListener open() throws IOException {
        FullListener full = new FullListener(ServerSocketChannel.open().bind(LoopbackPair.anyPort(), 1));
        try {
            full.fill();
            return full;
        } catch (IOException | RuntimeException | Error e) {
            full.close();
            throw e;
        }
    }

    public SocketAddress address() throws IOException {
        return listener.getLocalAddress();
    }

    /** Makes room. The connections that were pending get through when their next attempt is due, about a second later. */
    public void acceptBacklog() throws IOException {
        listener.configureBlocking(false);
        for (SocketChannel accepted = listener.accept(); accepted != null; accepted = listener.accept()) {
            backlog.add(accepted);
        }
    }

    private void fill() throws IOException {
        while (backlog.size() < ENOUGH) {
            SocketChannel client = SocketChannel.open();
            backlog.add(client);
            client.configureBlocking(false);
            client.connect(address());
            try (Selector selector = Selector.open()) {
                client.register(selector, SelectionKey.OP_CONNECT);
                if (selector.select(PENDING_MILLIS) == 0) {
                    // would get the first place that becomes free
                    client.close();
                    return;
                }
            }
            client.finishConnect();
        }
        fail("the backlog of " + listener + " does not get full");
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel channel : backlog) {
            channel.close();
        }
    }
}
