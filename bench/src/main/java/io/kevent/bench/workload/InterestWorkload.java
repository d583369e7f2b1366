// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * Interest turned off and on again, on many keys, by the thread that selects: all in one turn of the loop, or with a select after the turning off. One
 * piece of work is all keys and the selects, so that those weigh little on each.
 */
final class InterestWorkload implements Workload {
    private final int size;
    private final boolean selectBetween;
    private SelectionKey[] keys;
    private LoopbackPairs pairs;
    private Selector selector;

    InterestWorkload(int size, boolean selectBetween) {
        this.size = size;
        this.selectBetween = selectBetween;
    }

    @Override
    public void open() throws Exception {
        selector = Selector.open();
        pairs = new LoopbackPairs(size);
        keys = new SelectionKey[size];
        for (int i = 0; i < size; i++) {
            keys[i] = pairs.near(i).register(selector, SelectionKey.OP_READ);
        }
        selector.selectNow();
    }

    @Override
    public long work() throws Exception {
        if (!selectBetween) {
            for (SelectionKey key : keys) {
                key.interestOps(0);
                key.interestOps(SelectionKey.OP_READ);
            }
            return selector.selectNow();
        }
        for (SelectionKey key : keys) {
            key.interestOps(0);
        }
        int found = selector.selectNow();
        for (SelectionKey key : keys) {
            key.interestOps(SelectionKey.OP_READ);
        }
        return found + selector.selectNow();
    }

    @Override
    public void close() throws Exception {
        selector.close();
        pairs.close();
    }
}
