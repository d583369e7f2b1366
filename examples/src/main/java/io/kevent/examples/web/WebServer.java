// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import io.kevent.ChannelKnote;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

import static io.kevent.KeventOps.OP_DISPATCH;
import static java.nio.channels.SelectionKey.OP_ACCEPT;

/**
 * A web server of many threads on one queue: the program for which FreeBSD's disable-on-delivery and force-one-shot were made in 2006. Whichever worker is free
 * takes the next event, of the listener, of a connection, or of a signal. {@link Connection} tells why none of this needs a lock.
 *
 * <p>Speaks HTTP/1.1 with persistent connections and pipelining. Leaves out: bodies (they are read over), chunks, {@code Date}, TLS.
 */
class WebServer implements Closeable {
    private static final int BACKLOG = 1024;

    private final KeventQueue queue;
    private final ServerSocketChannel listener;
    private final Set<ChannelKnote> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean failed;

    /**
     * Opens the queue and the listener. From {@link #start} on connections are served.
     *
     * @param address where to listen
     * @throws IOException if that is not possible
     */
    WebServer(InetSocketAddress address) throws IOException {
        queue = KeventQueue.open();
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.bind(address, BACKLOG).configureBlocking(false);
            listener = channel;
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            queue.close();
            throw e;
        }
    }

    /** Where it listens. */
    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    /** Starts so many workers, made by the factory, and the thread that looks for idle connections. */
    void start(int workers, ThreadFactory factory, Duration idleTimeout) throws IOException {
        queue.register(listener, OP_ACCEPT | OP_DISPATCH, new Listener(queue, listener, this::connection, open));
        for (int i = 0; i < workers; i++) {
            threads.add(factory.newThread(new Loop(queue, this::workerEnds)));
        }
        threads.add(new Thread(new IdleTimeout(open, idleTimeout, stop), "web-idle"));
        threads.forEach(Thread::start);
    }

    /** Makes the state of a connection that was accepted. */
    Connection connection(SocketChannel channel) {
        return new Connection(channel, this::forget);
    }

    /** A connection is gone. */
    final void forget(Knote knote) {
        open.remove(knote);
    }

    /** How many connections are open. */
    final int connections() {
        return open.size();
    }

    /** Has {@link #awaitStop} return when a signal comes. */
    void stopOn(String signal) {
        queue.signal(signal, 0, (Handler) event -> stop.countDown());
    }

    /** A server that has lost a worker stops: better than to go on with fewer and fewer. */
    private void workerEnds() {
        if (stop.getCount() > 0) {
            failed = true;
            stop.countDown();
        }
    }

    /** Waits until the server is asked to stop, or has to. Returns whether it was asked. */
    boolean awaitStop() throws InterruptedException {
        stop.await();
        return !failed;
    }

    /** Stops: no thread and no descriptor is left when it returns. To be called by none of the workers. */
    @Override
    public void close() throws IOException {
        stop.countDown();
        listener.close();
        // takes the workers out of their waits; who serves a connection does so to the end of the event
        queue.close();
        boolean interrupted = false;
        for (Thread thread : threads) {
            interrupted |= joinUninterruptibly(thread);
        }
        // nobody is left who could touch them
        for (ChannelKnote knote : open) {
            knote.channel().close();
        }
        open.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        for (;;) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
