// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * The limit at a rate that leaves it mostly idle: a thread for each connection, blocked in its read. The kernel wakes the one that is to answer, and nobody
 * selects.
 */
final class BlockingServer implements EchoServer {
    /** With as many threads as there are connections. */
    @Override
    public int start(int workers) throws IOException {
        return Echo.acceptEach(connection -> {
            connection.configureBlocking(true);
            new Thread(() -> serve(connection), "connection").start();
        });
    }

    private static void serve(SocketChannel connection) {
        try (connection) {
            boolean open = true;
            while (open) {
                open = Echo.echo(connection) >= 0;
            }
        } catch (IOException e) {
            // the load is over, and has closed it without reading all
        }
    }
}
