// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.live;

import io.kevent.servers.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

/**
 * Clients that exchange without end, each on a thread of its own, and pause in between. The first that does not get what it asked for fails whoever looks on.
 */
final class Load implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final List<Worker> workers = new ArrayList<>();
    private volatile boolean ending;

    /** Takes a client, starts it, and closes it in the end. */
    void add(String name, Client client) {
        Worker worker = new Worker(name, client);
        workers.add(worker);
        worker.start();
    }

    /** Waits until every client has done so many more exchanges. */
    void progress(int exchanges) throws Exception {
        long[] marks = workers.stream().mapToLong(worker -> worker.done.get() + exchanges).toArray();
        for (int i = 0; i < marks.length; i++) {
            Worker worker = workers.get(i);
            long mark = marks[i];
            Waiting.until(worker.getName() + " has done " + exchanges + " more exchanges", () -> {
                requireNoFailure();
                return worker.done.get() >= mark;
            });
        }
    }

    /** How many exchanges have been done. */
    long done() {
        return workers.stream().mapToLong(worker -> worker.done.get()).sum();
    }

    private void requireNoFailure() {
        for (Worker worker : workers) {
            if (worker.failure != null) {
                fail(worker.getName() + " failed at exchange " + (worker.done.get() + 1), worker.failure);
            }
        }
    }

    /** Lets each client end what it is at, and closes it. */
    @Override
    public void close() {
        ending = true;
        try {
            for (Worker worker : workers) {
                worker.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                assertFalse(worker.isAlive(), () -> worker.getName() + " does not come to an end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted while the clients were ending", e);
        }
        requireNoFailure();
    }

    private final class Worker extends Thread {
        private final AtomicLong done = new AtomicLong();
        private final Client client;
        private volatile Throwable failure;

        Worker(String name, Client client) {
            super(name);
            this.client = client;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                try {
                    while (!ending) {
                        long start = System.nanoTime();
                        client.exchange();
                        done.incrementAndGet();
                        // as long as it took: who attaches wants some of the machine, too
                        LockSupport.parkNanos(System.nanoTime() - start);
                    }
                } finally {
                    client.close();
                }
            } catch (Exception | Error e) {
                failure = e;
            }
        }
    }
}
