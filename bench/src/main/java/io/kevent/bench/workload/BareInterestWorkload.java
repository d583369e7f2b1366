// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.JdkKernel;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The limit of {@link InterestWorkload} within one turn: what the contract asks of each change of an interest set, which any thread may make, at least; and the
 * epoll_wait of the turn.
 */
final class BareInterestWorkload implements Workload {
    private final int size;
    private SocketChannel channel;
    private Key[] keys;
    private Engine engine;

    /** Refuses what a key must refuse, and remembers the rest in one atomic write. */
    private static final class Key {
        private final AtomicInteger interest = new AtomicInteger(SelectionKey.OP_READ);
        private final SelectableChannel channel;
        private volatile boolean valid = true;

        Key(SelectableChannel channel) {
            this.channel = channel;
        }

        void interestOps(int ops) {
            if (!valid) {
                throw new CancelledKeyException();
            }
            if ((ops & ~channel.validOps()) != 0) {
                throw new IllegalArgumentException();
            }
            interest.getAndSet(ops);
        }
    }

    BareInterestWorkload(int size) {
        this.size = size;
    }

    @Override
    public void open() throws Exception {
        engine = JdkKernel.INSTANCE.openEngine();
        channel = SocketChannel.open();
        keys = Stream.generate(() -> new Key(channel)).limit(size).toArray(Key[]::new);
    }

    @Override
    public long work() throws Exception {
        for (Key key : keys) {
            key.interestOps(0);
            key.interestOps(SelectionKey.OP_READ);
        }
        return engine.collect(0);
    }

    @Override
    public void close() throws Exception {
        channel.close();
        engine.close();
    }
}
