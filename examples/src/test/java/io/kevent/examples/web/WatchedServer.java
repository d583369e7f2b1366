// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import io.kevent.EventBatch;
import io.kevent.Knote;
import io.kevent.examples.support.Bounded;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The server, whose connections watch over themselves: that one thread has a connection at a time, and that none has it after it was torn down. They are idle
 * when their client says so, not when the machine is slow.
 */
final class WatchedServer extends WebServer {
    private final Set<Integer> givenUp = ConcurrentHashMap.newKeySet();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger tornDown = new AtomicInteger();
    private final AtomicInteger forced = new AtomicInteger();

    WatchedServer() throws IOException {
        super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** From now on the connection of that client is idle. */
    void giveUp(int clientPort) {
        givenUp.add(clientPort);
    }

    /** Waits until the server has ended that connection. */
    void untilGivenUp(int clientPort) throws Exception {
        Bounded.until("the server gives a connection up", () -> !givenUp.contains(clientPort));
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    int accepted() {
        return accepted.get();
    }

    int tornDown() {
        return tornDown.get();
    }

    /** How many last events were asked for and came. */
    int forced() {
        return forced.get();
    }

    @Override
    Connection connection(SocketChannel channel) {
        accepted.incrementAndGet();
        return new WatchedConnection(channel, this::forget);
    }

    private final class WatchedConnection extends Connection {
        private final int clientPort;
        private final AtomicReference<Thread> owner = new AtomicReference<>();
        private volatile boolean gone;

        WatchedConnection(SocketChannel channel, Consumer<Knote> onGone) {
            super(channel, onGone);
            Socket socket = channel.socket();
            clientPort = socket.getPort();
        }

        @Override
        long idleNanos() {
            return givenUp.contains(clientPort) ? Long.MAX_VALUE : 0;
        }

        @Override
        int serve(EventBatch event) {
            Thread before = owner.compareAndExchange(null, Thread.currentThread());
            if (before != null) {
                faults.add(event.knote() + ": in " + Thread.currentThread() + " and in " + before);
            }
            if (gone) {
                faults.add(event.knote() + ": served after it was torn down");
            }
            if (event.has(EventBatch.FORCED)) {
                forced.incrementAndGet();
            }
            try {
                return super.serve(event);
            } finally {
                owner.set(null);
            }
        }

        @Override
        void tearDown(Knote knote) {
            if (gone || owner.get() != Thread.currentThread()) {
                faults.add(knote + ": torn down " + (gone ? "twice" : "by a thread that does not have it"));
            }
            gone = true;
            givenUp.remove(clientPort);
            super.tearDown(knote);
            tornDown.incrementAndGet();
        }
    }
}
