// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.util.concurrent.atomic.AtomicInteger;

/** The least that turning an interest off and on can cost while any thread may do it: two compare-and-sets of a word, for each of many words. */
final class InterestFloorWorkload implements Workload {
    private final AtomicInteger[] words;

    InterestFloorWorkload(int size) {
        this.words = new AtomicInteger[size];
    }

    @Override
    public void open() {
        for (int i = 0; i < words.length; i++) {
            words[i] = new AtomicInteger(1);
        }
    }

    @Override
    public long work() {
        long swapped = 0;
        for (AtomicInteger word : words) {
            swapped += word.compareAndSet(word.get(), 0) ? 1 : 0;
            swapped += word.compareAndSet(word.get(), 1) ? 1 : 0;
        }
        return swapped;
    }

    @Override
    public void close() { }
}
