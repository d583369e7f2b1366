// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The limit for a load as fast as it can be: each worker tries its connections in turn, and nobody asks for events. It gives way if none had anything. */
final class TryingServer implements EchoServer {
    private ServerSocketChannel listener;

    @Override
    public int start(int workers) throws IOException {
        listener = Echo.listen();
        listener.configureBlocking(true);
        List<Worker> all = new CopyOnWriteArrayList<>();
        for (int i = 0; i < workers; i++) {
            Worker worker = new Worker();
            all.add(worker);
            new Thread(worker, "worker-" + i).start();
        }
        new Thread(() -> accept(all), "acceptor").start();
        return Echo.port(listener);
    }

    private void accept(List<Worker> workers) {
        try {
            for (int i = 0; ; i++) {
                workers.get(i % workers.size()).connections.add(Echo.accept(listener));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Worker implements Runnable {
        private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();

        @Override
        public void run() {
            for (;;) {
                boolean found = false;
                for (SocketChannel connection : connections) {
                    found |= answer(connection);
                }
                if (!found) {
                    Thread.yield();
                }
            }
        }

        private boolean answer(SocketChannel connection) {
            try {
                int read = Echo.echo(connection);
                if (read < 0) {
                    connections.remove(connection);
                }
                return read > 0;
            } catch (IOException e) {
                // the load is over, and has closed it without reading all
                connections.remove(connection);
                return false;
            }
        }
    }
}
