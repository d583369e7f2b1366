// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import io.kevent.bench.jvm.Gate;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The limit for a load as fast as it can be: each worker tries its connections in turn, and nobody asks for events. It gives way if none had
 * anything, and stands still while another server has its turn.
 */
final class TryingServer implements EchoServer {
    private final Gate gate = new Gate();
    private int accepted;

    @Override
    public int start(int workers) throws IOException {
        List<Worker> all = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            Worker worker = new Worker(gate);
            all.add(worker);
            new Thread(worker, "worker-" + i).start();
        }
        return Echo.acceptEach(connection -> all.get(accepted++ % workers).connections.add(connection));
    }

    @Override
    public void begin() {
        gate.open();
    }

    @Override
    public void rest() {
        gate.shut();
    }

    private static final class Worker implements Runnable {
        private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
        private final Gate gate;

        Worker(Gate gate) {
            this.gate = gate;
        }

        @Override
        public void run() {
            try {
                for (;;) {
                    if (!answerAll()) {
                        Thread.yield();
                        gate.pass();
                    }
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private boolean answerAll() {
            boolean found = false;
            for (SocketChannel connection : connections) {
                found |= answer(connection);
            }
            return found;
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
