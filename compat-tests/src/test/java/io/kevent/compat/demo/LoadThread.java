// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/** Drives a share of the connections: sends the next request as soon as an answer is in, until the time is up and the last answer there. */
final class LoadThread implements AutoCloseable {
    /** An answer that takes longer after the end of a round counts as an error. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long HIGHEST_LATENCY = TimeUnit.MINUTES.toNanos(2);

    private final InetSocketAddress server;
    private final Selector selector;
    private final List<LoadConnection> connections = new ArrayList<>();
    private final LongAdder answered;
    private Histogram latencies;
    private long errors;
    private String firstError;
    private int outstanding;
    private long end;

    LoadThread(InetSocketAddress server, int count, int firstNumber, LongAdder answered) throws IOException {
        this.server = server;
        this.answered = answered;
        this.selector = Selector.open();
        for (int i = 0; i < count; i++) {
            connections.add(new LoadConnection(server, selector, firstNumber + i * 1000));
        }
    }

    LoadResult run(Duration time) throws IOException {
        latencies = new Histogram(HIGHEST_LATENCY, 3);
        errors = 0;
        firstError = null;
        long start = System.nanoTime();
        end = start + time.toNanos();
        outstanding = connections.size();
        for (LoadConnection connection : connections) {
            connection.send();
        }
        while (outstanding > 0) {
            selector.select(this::answer, 100);
            if (System.nanoTime() - end > PATIENCE) {
                giveUp();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new LoadResult(latencies.getTotalCount(), errors, firstError, seconds, latencies);
    }

    private void answer(SelectionKey key) {
        LoadConnection connection = (LoadConnection) key.attachment();
        boolean wasOutstanding = connection.isOutstanding();
        try {
            if (!connection.receive()) {
                return;
            }
            long now = System.nanoTime();
            latencies.recordValue(Math.min(now - connection.sentAt(), HIGHEST_LATENCY));
            answered.increment();
            if (now - end < 0) {
                connection.send();
            } else {
                outstanding--;
            }
        } catch (IOException e) {
            replace(connection, e.toString());
            outstanding -= wasOutstanding ? 1 : 0;
        }
    }

    private void giveUp() {
        for (LoadConnection connection : List.copyOf(connections)) {
            if (connection.isOutstanding()) {
                replace(connection, "no answer within " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE) + " seconds");
            }
        }
        outstanding = 0;
    }

    /** The failed connection rests until the next round begins with a fresh one. */
    private void replace(LoadConnection failed, String why) {
        errors++;
        firstError = firstError == null ? why : firstError;
        try {
            failed.close();
            connections.set(connections.indexOf(failed), new LoadConnection(server, selector, 0));
        } catch (IOException e) {
            throw new UncheckedIOException("the server takes no more connections after: " + why, e);
        }
    }

    @Override
    public void close() throws IOException {
        for (LoadConnection connection : connections) {
            connection.close();
        }
        selector.close();
    }
}
