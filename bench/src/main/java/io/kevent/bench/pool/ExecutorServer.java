// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One thread selects, and hands what is ready to an executor: the way that is usual with a selector. */
final class ExecutorServer implements EchoServer {
    private Selector selector;
    private ServerSocketChannel listener;
    private ExecutorService workers;

    @Override
    public int start(int count) throws IOException {
        selector = Selector.open();
        listener = Echo.listen();
        listener.register(selector, SelectionKey.OP_ACCEPT);
        workers = Executors.newFixedThreadPool(count);
        new Thread(this::loop, "selecting").start();
        return Echo.port(listener);
    }

    private void loop() {
        try {
            for (;;) {
                selector.select(this::dispatch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void dispatch(SelectionKey key) {
        if (key.isAcceptable()) {
            accept();
        } else {
            // no other select is to report it until a worker has read
            key.interestOps(0);
            workers.execute(() -> work(key));
        }
    }

    private void accept() {
        try {
            for (SocketChannel connection = Echo.accept(listener); connection != null; connection = Echo.accept(listener)) {
                connection.register(selector, SelectionKey.OP_READ);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void work(SelectionKey key) {
        try {
            if (Echo.echo((SocketChannel) key.channel()) >= 0) {
                key.interestOps(SelectionKey.OP_READ);
                key.selector().wakeup();
            }
        } catch (IOException e) {
            key.cancel();
        }
    }
}
