// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

/** Where the threads that make the events stand still while another JVM has its turn: one that waits without sleeping takes a processor all the time. */
final class Gate {
    private volatile boolean open;

    synchronized void open() {
        open = true;
        notifyAll();
    }

    void shut() {
        open = false;
    }

    void pass() throws InterruptedException {
        if (!open) {
            await();
        }
    }

    private synchronized void await() throws InterruptedException {
        while (!open) {
            wait();
        }
    }
}
