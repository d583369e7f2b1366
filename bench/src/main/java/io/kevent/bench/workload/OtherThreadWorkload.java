// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Interest turned off and on again by a thread that does not select, and that wakes the one that does, since a change counts from its next select on. */
final class OtherThreadWorkload implements Workload {
    private LoopbackPairs pairs;
    private Selector selector;
    private SelectionKey key;
    private SelectingThread selecting;

    @Override
    public void open() throws Exception {
        selector = Selector.open();
        pairs = new LoopbackPairs(1);
        key = pairs.near(0).register(selector, SelectionKey.OP_READ);
        selecting = new SelectingThread(selector, () -> { });
    }

    @Override
    public long work() {
        key.interestOps(0);
        key.interestOps(SelectionKey.OP_READ);
        selector.wakeup();
        return 1;
    }

    @Override
    public void close() throws Exception {
        selecting.close();
        selector.close();
        pairs.close();
    }
}
