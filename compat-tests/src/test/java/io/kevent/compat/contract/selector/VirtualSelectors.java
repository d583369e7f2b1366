// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.VirtualThreads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

/**
 * Main class of a child JVM with a single carrier thread: virtual threads in a ring, each with a selector and a pipe of its own. A byte goes round
 * the ring while all of them are in select, so one that keeps the carrier to itself while it waits stops them all.
 */
final class VirtualSelectors {

    private static final int ROUNDS = 5;

    private VirtualSelectors() { }

    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[0]);
        long timeout = Long.parseLong(args[1]);
        List<Pipe> pipes = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            pipes.add(Pipe.open());
        }
        CountDownLatch registered = new CountDownLatch(threads);
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Pipe own = pipes.get(i);
            Pipe next = pipes.get((i + 1) % threads);
            FutureTask<Void> task = VirtualThreads.task(() -> passOn(own, next, registered, timeout));
            tasks.add(task);
            VirtualThreads.start(task);
        }
        registered.await();
        pipes.get(0).sink().write(ByteBuffer.allocate(1));
        for (FutureTask<Void> task : tasks) {
            VirtualThreads.result(task);
        }
        System.out.println(threads + " threads, " + ROUNDS + " rounds");
    }

    private static Void passOn(Pipe own, Pipe next, CountDownLatch registered, long timeout) throws IOException {
        try (Selector selector = Selector.open()) {
            own.source().configureBlocking(false);
            SelectionKey key = own.source().register(selector, SelectionKey.OP_READ);
            registered.countDown();
            for (int round = 0; round < ROUNDS; round++) {
                int found = timeout == 0 ? selector.select() : selector.select(timeout);
                if (found != 1 || !selector.selectedKeys().remove(key)) {
                    throw new IllegalStateException("select returned " + found + " in round " + round);
                }
                if (own.source().read(ByteBuffer.allocate(2)) != 1) {
                    throw new IllegalStateException("nothing to read in round " + round);
                }
                next.sink().write(ByteBuffer.allocate(1));
            }
        }
        return null;
    }
}
