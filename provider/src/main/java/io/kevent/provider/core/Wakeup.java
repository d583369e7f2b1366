// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Doorbell;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends a wait, or keeps the next one from beginning, and enters the kernel only when a thread is, or is about to be, blocked.
 *
 * <table>
 * <caption>States</caption>
 * <tr><th>state</th><th>meaning</th><th>moved on by</th></tr>
 * <tr><td>IDLE</td><td>nobody waits, nothing asked</td><td>collector: WAITING before it blocks; waker: PENDING</td></tr>
 * <tr><td>PENDING</td><td>asked while nobody waits: the next wait does not block</td><td>collector: IDLE</td></tr>
 * <tr><td>WAITING</td><td>the collector is, or is about to be, blocked</td><td>collector: IDLE when back; waker: RUNG, and rings</td></tr>
 * <tr><td>RUNG</td><td>asked while somebody waits</td><td>collector: IDLE when back</td></tr>
 * </table>
 *
 * <p>A waker may ring so late that the collector is back already and waits anew. That wait then ends in a state other than RUNG and PENDING: the
 * collector knows it for a leftover and waits on.
 */
final class Wakeup {
    private static final int IDLE = 0;
    private static final int PENDING = 1;
    private static final int WAITING = 2;
    private static final int RUNG = 3;

    private final AtomicInteger word = new AtomicInteger(IDLE);
    private final Doorbell bell;

    /** Guarded by this: a ring must not reach a descriptor that the kernel has given to somebody else meanwhile. */
    private boolean closed;

    Wakeup(Doorbell bell) {
        this.bell = bell;
    }

    /** Any thread. */
    void wake() throws IOException {
        for (;;) {
            int state = word.get();
            switch (state) {
                case IDLE:
                    if (word.compareAndSet(IDLE, PENDING)) {
                        return;
                    }
                    break;
                case WAITING:
                    if (word.compareAndSet(WAITING, RUNG)) {
                        ring();
                        return;
                    }
                    break;
                default:
                    return;
            }
        }
    }

    private synchronized void ring() throws IOException {
        if (!closed) {
            bell.ring();
        }
    }

    /** The collector is about to block; false if it must not, because it was asked to wake up. */
    boolean prepareToWait() {
        return word.compareAndSet(IDLE, WAITING);
    }

    /** The collector is back, or did not wait at all. Returns whether it was asked to wake up, which has then been heard. */
    boolean heard() {
        int state = word.getAndSet(IDLE);
        return state == PENDING || state == RUNG;
    }

    synchronized void close() throws IOException {
        closed = true;
        bell.close();
    }
}
