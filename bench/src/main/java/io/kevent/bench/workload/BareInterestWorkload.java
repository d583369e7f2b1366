// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.JdkKernel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The limit of {@link InterestWorkload} within one turn: any thread may change an interest set, so each change is an atomic write of one word at least; and
 * the epoll_wait of the turn.
 */
final class BareInterestWorkload implements Workload {
    private final AtomicInteger[] words;
    private Engine engine;

    BareInterestWorkload(int size) {
        this.words = Stream.generate(() -> new AtomicInteger(1)).limit(size).toArray(AtomicInteger[]::new);
    }

    @Override
    public void open() throws Exception {
        engine = JdkKernel.INSTANCE.openEngine();
    }

    @Override
    public long work() throws Exception {
        for (AtomicInteger word : words) {
            word.getAndSet(0);
            word.getAndSet(1);
        }
        return engine.collect(0);
    }

    @Override
    public void close() throws Exception {
        engine.close();
    }
}
