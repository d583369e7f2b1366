// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * The bundled load: HTTP/1.1 keep-alive connections with one request outstanding each, driven by a few threads on the JDK's own
 * selector. Jetty's load generator (org.mortbay.jetty.loadgenerator) was looked at and left out: it is built for Jetty 12.0, sends at a
 * given rate instead of as fast as the answers come, hands the bodies to nobody who could check them, and drives Jetty's whole client
 * stack, which takes more processor time than the server that is to be measured on the same machine.
 */
final class Load implements AutoCloseable {
    private final LongAdder answered = new LongAdder();
    private final List<LoadThread> threads = new ArrayList<>();
    private final ExecutorService executor;

    Load(InetSocketAddress server, int connections, int threadCount) throws IOException {
        executor = Executors.newFixedThreadPool(threadCount, task -> {
            Thread thread = new Thread(task, "load on " + server.getPort());
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < threadCount; i++) {
            int share = connections / threadCount + (i < connections % threadCount ? 1 : 0);
            threads.add(new LoadThread(server, share, i * 10_000_000, answered));
        }
    }

    /** Runs a round; {@code progress} hears several times a second how many requests have been answered in it. */
    LoadResult run(Duration time, LongConsumer progress) throws IOException {
        answered.reset();
        List<Future<LoadResult>> shares = new ArrayList<>();
        for (LoadThread thread : threads) {
            shares.add(executor.submit(() -> thread.run(time)));
        }
        LoadResult result = null;
        for (Future<LoadResult> share : shares) {
            LoadResult part = await(share, progress);
            result = result == null ? part : result.plus(part);
        }
        return result;
    }

    private LoadResult await(Future<LoadResult> share, LongConsumer progress) throws IOException {
        while (true) {
            try {
                return share.get(200, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                progress.accept(answered.sum());
            } catch (ExecutionException e) {
                throw new IOException("the load failed: " + e.getCause().getMessage(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        executor.shutdownNow();
        for (LoadThread thread : threads) {
            thread.close();
        }
    }
}
