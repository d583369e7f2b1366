// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.nio.channels.Selector;

/** The wakeup of a selector in which no thread waits, alone: one for each of many selectors, since the second of the same selector costs nothing. */
final class BusyWakeupWorkload implements Workload {
    private final Selector[] selectors;

    BusyWakeupWorkload(int size) {
        this.selectors = new Selector[size];
    }

    @Override
    public void open() throws Exception {
        for (int i = 0; i < selectors.length; i++) {
            selectors[i] = Selector.open();
        }
    }

    /** Takes the wakeups of the last time. */
    @Override
    public void prepare() throws Exception {
        for (Selector selector : selectors) {
            selector.selectNow();
        }
    }

    @Override
    public long work() {
        for (Selector selector : selectors) {
            selector.wakeup();
        }
        return selectors.length;
    }

    @Override
    public void close() throws Exception {
        for (Selector selector : selectors) {
            selector.close();
        }
    }
}
