// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;

/** A thread that selects until it is ended. */
final class SelectingThread {
    private final Selector selector;
    private final Thread thread;
    private volatile boolean ended;

    SelectingThread(Selector selector, Runnable afterEach) {
        this.selector = selector;
        this.thread = new Thread(() -> {
            try {
                while (!ended) {
                    selector.select();
                    selector.selectedKeys().clear();
                    afterEach.run();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, "selecting");
        thread.setDaemon(true);
        thread.start();
    }

    void close() throws InterruptedException {
        ended = true;
        selector.wakeup();
        thread.join(10_000);
    }
}
