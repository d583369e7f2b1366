// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.nio.channels.Selector;

/** A round trip: one thread wakes another that is blocked in its select, which does the same to the first. Two wakeups are one piece of work. */
final class PingPongWorkload implements Workload {
    private Selector here;
    private Selector there;
    private SelectingThread answering;

    @Override
    public void open() throws Exception {
        here = Selector.open();
        there = Selector.open();
        answering = new SelectingThread(there, here::wakeup);
    }

    @Override
    public long work() throws Exception {
        there.wakeup();
        return here.select();
    }

    @Override
    public void close() throws Exception {
        answering.close();
        here.close();
        there.close();
    }
}
