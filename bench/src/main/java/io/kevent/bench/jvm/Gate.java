// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

/** Where threads that wait without sleeping stand still while another JVM has its turn: they would take a processor all the time. */
public final class Gate {
    private volatile boolean open;

    /** Makes a gate that is shut. */
    public Gate() { }

    /** Lets all pass, until it is shut. Any thread. */
    public synchronized void open() {
        open = true;
        notifyAll();
    }

    /** Lets nobody pass any more. Any thread. */
    public void shut() {
        open = false;
    }

    /**
     * Waits until it is open. Any thread; costs a read of a field if it is.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void pass() throws InterruptedException {
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
