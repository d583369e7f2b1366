// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Waiting;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** One listening channel that several threads accept from, each with a selector of its own. */
class SharedListenerTest {

    private static final int SELECTORS = 4;
    private static final int CONNECTIONS = 200;

    private final AtomicInteger accepted = new AtomicInteger();
    private final List<Selector> selectors = new ArrayList<>();
    private ServerSocketChannel listener;
    private volatile boolean done;

    @BeforeEach
    void open() throws IOException {
        listener = ServerSocketChannel.open().bind(LoopbackPair.anyPort(), CONNECTIONS);
        listener.configureBlocking(false);
        for (int i = 0; i < SELECTORS; i++) {
            Selector selector = Selector.open();
            selectors.add(selector);
            listener.register(selector, SelectionKey.OP_ACCEPT);
        }
    }

    @AfterEach
    void close() throws IOException {
        for (Selector selector : selectors) {
            selector.close();
        }
        listener.close();
    }

    @Test
    void eachConnectionIsAcceptedOnce() throws Exception {
        List<BackgroundTask<Void>> acceptors = new ArrayList<>();
        for (Selector selector : selectors) {
            acceptors.add(BackgroundTask.start(() -> acceptUntilDone(selector)));
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            SocketChannel.open(listener.getLocalAddress()).close();
        }
        Waiting.until(CONNECTIONS + " connections are accepted", () -> accepted.get() >= CONNECTIONS);
        done = true;
        for (Selector selector : selectors) {
            selector.wakeup();
        }
        for (BackgroundTask<Void> acceptor : acceptors) {
            acceptor.result();
        }
        assertEquals(CONNECTIONS, accepted.get());
    }

    private Void acceptUntilDone(Selector selector) throws IOException {
        while (!done) {
            selector.select();
            selector.selectedKeys().clear();
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                accepted.incrementAndGet();
                channel.close();
            }
        }
        return null;
    }
}
