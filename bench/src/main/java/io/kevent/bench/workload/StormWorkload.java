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
    public Object work() {
        return selector.wakeup();
    }

    @Override
    public void close() throws Exception {
        selecting.close();
        selector.close();
    }
}
