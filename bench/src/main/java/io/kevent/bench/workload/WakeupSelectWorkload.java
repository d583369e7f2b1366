// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.nio.channels.Selector;

/** The wakeup of a selector in which no thread waits, and the select that it cuts short. */
final class WakeupSelectWorkload implements Workload {
    private Selector selector;

    @Override
    public void open() throws Exception {
        selector = Selector.open();
    }

    @Override
    public long work() throws Exception {
        selector.wakeup();
        return selector.select();
    }

    @Override
    public void close() throws Exception {
        selector.close();
    }
}
