// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.nio.channels.Selector;

/** Wakeups of one selector by as many threads as do this work, while another thread selects. */
final class StormWorkload implements Workload {
    private Selector selector;
    private SelectingThread selecting;

    @Override
    public void open() throws Exception {
        selector = Selector.open();
        selecting = new SelectingThread(selector, () -> { });
    }

    @Override
    public long work() {
        selector.wakeup();
        return 1;
    }

    @Override
    public void close() throws Exception {
        selecting.close();
        selector.close();
    }
}
