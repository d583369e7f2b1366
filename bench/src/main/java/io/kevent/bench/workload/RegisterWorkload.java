// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;

/** Connections that stay, registered and cancelled again, with a select after each of the two. One piece of work is all connections. */
final class RegisterWorkload implements Workload {
    private final int size;
    private final Callable<Selector> opening;
    private LoopbackPairs pairs;
    private Selector selector;

    RegisterWorkload(int size, Callable<Selector> opening) {
        this.size = size;
        this.opening = opening;
    }

    @Override
    public void open() throws Exception {
        selector = opening.call();
        pairs = new LoopbackPairs(size);
    }

    @Override
    public long work() throws Exception {
        for (int i = 0; i < size; i++) {
            pairs.near(i).register(selector, SelectionKey.OP_READ);
        }
        int found = selector.selectNow();
        for (int i = 0; i < size; i++) {
            SocketChannel channel = pairs.near(i);
            channel.keyFor(selector).cancel();
        }
        return found + selector.selectNow();
    }

    @Override
    public void close() throws Exception {
        selector.close();
        pairs.close();
    }
}
