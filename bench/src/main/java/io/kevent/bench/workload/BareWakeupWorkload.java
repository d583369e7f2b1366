// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The limit of {@link BusyWakeupWorkload}: any thread may wake a selector, so each wakeup is an atomic write of one word at least. */
final class BareWakeupWorkload implements Workload {
    private final AtomicInteger[] words;

    BareWakeupWorkload(int size) {
        this.words = Stream.generate(AtomicInteger::new).limit(size).toArray(AtomicInteger[]::new);
    }

    @Override
    public void open() { }

    @Override
    public void prepare() {
        for (AtomicInteger word : words) {
            word.set(0);
        }
    }

    @Override
    public long work() {
        long asleep = 0;
        for (AtomicInteger word : words) {
            asleep += word.getAndSet(1);
        }
        return asleep;
    }

    @Override
    public void close() { }
}
