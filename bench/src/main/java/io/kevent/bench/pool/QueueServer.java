// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import io.kevent.EventBatch;
import io.kevent.KeventOps;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** All threads take from one queue; an event is active in one of them until it enables the knote again. */
final class QueueServer implements EchoServer {
    /** As much as the kernel is asked for at once: who takes less of it calls another thread for the rest. */
    private static final int BATCH = 64;

    private KeventQueue queue;
    private ServerSocketChannel listener;

    @Override
    public int start(int workers) throws IOException {
        queue = KeventQueue.open();
        listener = Echo.listen();
        queue.register(listener, SelectionKey.OP_ACCEPT | KeventOps.OP_DISPATCH, null);
        for (int i = 0; i < workers; i++) {
            new Thread(this::loop, "worker-" + i).start();
        }
        return Echo.port(listener);
    }

    private void loop() {
        EventBatch batch = queue.newBatch(BATCH);
        try {
            for (;;) {
                queue.take(batch);
                while (batch.next()) {
                    handle(batch.knote(), (SocketChannel) batch.attachment());
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(Knote knote, SocketChannel connection) throws IOException {
        if (connection == null) {
            for (SocketChannel next = Echo.accept(listener); next != null; next = Echo.accept(listener)) {
                queue.register(next, SelectionKey.OP_READ | KeventOps.OP_DISPATCH, next);
            }
            knote.enable();
            return;
        }
        try {
            if (Echo.echo(connection) >= 0) {
                knote.enable();
            }
        } catch (IOException e) {
            connection.close();
        }
    }
}
