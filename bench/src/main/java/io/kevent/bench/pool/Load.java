// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Connections with one request outstanding each. At a given rate a request's time runs from when it was due, whether or not a connection was free then, so
 * that a server that stalls is not spared the requests that it kept from being sent.
 */
final class Load {
    private static final int MESSAGE = 64;
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;
    private static final long NAP_NANOS = 20_000;

    private final Selector selector = Selector.open();
    private final ArrayDeque<Connection> free = new ArrayDeque<>();
    private final double rate;
    private Histogram latencies;
    private boolean open;

    private static final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);
        private long due;
        private long number;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }
    }

    Load(int port, int connections, double rate) throws IOException {
        this.rate = rate;
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Connection connection = new Connection(channel);
            channel.register(selector, SelectionKey.OP_READ, connection);
            free.add(connection);
        }
    }

    /** Loads the server for some seconds; times are in microseconds. */
    Map<String, Double> run(double seconds) throws IOException {
        latencies = new Histogram(LONGEST_NANOS, DIGITS);
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        open = true;
        long sent = 0;
        for (long now = start; now < end; now = System.nanoTime()) {
            while (!free.isEmpty() && (rate == 0 || start + sent / rate * 1e9 <= now)) {
                send(free.poll(), rate == 0 ? now : start + (long) (sent / rate * 1e9));
                sent++;
            }
            collect();
        }
        double took = System.nanoTime() - start;
        double answered = latencies.getTotalCount();
        drain();
        return Map.of("requests", answered, "micros", took / 1e3, "p50", micros(50), "p99", micros(99), "p999", micros(99.9));
    }

    private double micros(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }

    /** All connections are to be free for the next run. */
    private void drain() throws IOException {
        open = false;
        long end = System.nanoTime() + 10_000_000_000L;
        while (free.size() < selector.keys().size()) {
            collect();
            if (System.nanoTime() > end) {
                throw new IOException(selector.keys().size() - free.size() + " requests were not answered");
            }
        }
    }

    private void send(Connection connection, long due) throws IOException {
        connection.due = due;
        connection.buffer.clear().putLong(0, ++connection.number);
        if (connection.channel.write(connection.buffer) != MESSAGE) {
            throw new IOException("a message did not fit into an empty socket");
        }
        connection.buffer.clear();
    }

    private void collect() throws IOException {
        int found = rate == 0 && open ? selector.select(1) : selector.selectNow();
        if (found == 0) {
            if (rate != 0) {
                // a select waits for milliseconds; requests are due more often
                LockSupport.parkNanos(NAP_NANOS);
            }
            return;
        }
        for (SelectionKey key : selector.selectedKeys()) {
            receive((Connection) key.attachment());
        }
        selector.selectedKeys().clear();
    }

    private void receive(Connection connection) throws IOException {
        if (connection.channel.read(connection.buffer) < 0) {
            throw new IOException("the server has closed a connection");
        }
        if (connection.buffer.hasRemaining()) {
            return;
        }
        if (connection.buffer.getLong(0) != connection.number) {
            throw new IOException("the answer is another request's");
        }
        if (open) {
            latencies.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - connection.due));
        }
        free.add(connection);
    }
}
