// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.kernel.JdkKernel;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The limit for a load that is high, or as fast as it can be: edge-triggered epoll with nothing around it, by one thread for all connections, however many
 * workers others have. Echoing takes less of a processor than making the load does, and one thread needs to wake no other.
 */
final class BareServer implements EchoServer {
    private static final int FOREVER = -1;

    private final ConcurrentHashMap<Integer, SocketChannel> connections = new ConcurrentHashMap<>();
    private Engine engine;

    @Override
    public int start(int workers) throws IOException {
        engine = JdkKernel.INSTANCE.openEngine();
        new Thread(this::loop, "worker").start();
        return Echo.acceptEach(connection -> {
            int fd = JdkChannels.descriptor(connection);
            connections.put(fd, connection);
            engine.add(fd, Events.IN | Events.EDGE);
        });
    }

    private void loop() {
        try {
            for (;;) {
                int found = engine.collect(FOREVER);
                for (int i = 0; i < found; i++) {
                    answer(engine.readyFd(i));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(int fd) throws IOException {
        SocketChannel connection = connections.get(fd);
        try {
            if (Echo.echo(connection) < 0) {
                connections.remove(fd, connection);
            }
        } catch (IOException e) {
            // the load is over, and has closed it without reading all
            connections.remove(fd, connection);
            connection.close();
        }
    }
}
