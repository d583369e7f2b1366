// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.herd;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.LongAdder;

/** Threads that wait for connections of one listener, each in its own way, and count how often they wake and how often they do so for nothing. */
abstract class Herd {
    private final LongAdder wakeups = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder empty = new LongAdder();

    /** Starts the threads. */
    final void start(ServerSocketChannel listener, int threads) throws IOException {
        listener.configureBlocking(false);
        for (int i = 0; i < threads; i++) {
            Turn turn = join(listener);
            Thread thread = new Thread(() -> {
                try {
                    for (;;) {
                        turn.run();
                    }
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }, "herd-" + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** One turn of a thread: waits and accepts. */
    interface Turn {
        void run() throws IOException, InterruptedException;
    }

    /** Prepares one more thread. */
    abstract Turn join(ServerSocketChannel listener) throws IOException;

    final void woken() {
        wakeups.increment();
    }

    final void accept(ServerSocketChannel listener) throws IOException {
        try (SocketChannel connection = listener.accept()) {
            (connection == null ? empty : accepted).increment();
        }
    }

    final long accepted() {
        return accepted.sum();
    }

    final long wakeups() {
        return wakeups.sum();
    }

    final long empty() {
        return empty.sum();
    }
}
