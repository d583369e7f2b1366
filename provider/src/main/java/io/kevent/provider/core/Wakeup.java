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
 * <tr><td>IDLE</td><td>nobody waits, nothing asked</td><td>collector: WAITING before it blocks; waker: PENDING, or NUDGED</td></tr>
 * <tr><td>PENDING</td><td>asked while nobody waits: the next wait does not block</td><td>collector: IDLE</td></tr>
 * <tr><td>WAITING</td><td>the collector is, or is about to be, blocked</td><td>collector: IDLE when back; waker: RUNG, or NUDGED_RUNG, and rings</td></tr>
 * <tr><td>RUNG</td><td>asked while somebody waits</td><td>collector: IDLE when back</td></tr>
 * <tr><td>NUDGED</td><td>changes to look at came while nobody waits: the next wait does not block</td><td>collector: IDLE; waker: PENDING</td></tr>
 * <tr><td>NUDGED_RUNG</td><td>changes to look at came while somebody waits</td><td>collector: IDLE when back; waker: RUNG</td></tr>
 * <tr><td>CLOSED</td><td>nobody will wait any more</td><td>nobody</td></tr>
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
    private static final int NUDGED = 4;
    private static final int NUDGED_RUNG = 5;
    private static final int CLOSED = 6;

    private final AtomicInteger word = new AtomicInteger(IDLE);
    private final Doorbell bell;

    /** Guarded by this: a ring must not reach a descriptor that the kernel has given to somebody else meanwhile. */
    private boolean closed;

    Wakeup(Doorbell bell) {
        this.bell = bell;
    }

    /** Ends the wait that is under way, or the next one. Any thread. Returns false if there will be none any more. */
    boolean wake() throws IOException {
        return ask(PENDING, RUNG);
    }

    /** Has the collector look at the changes before it waits, or waits on: no wait that its caller sees ends by it. Any thread. */
    void nudge() throws IOException {
        ask(NUDGED, NUDGED_RUNG);
    }

    private boolean ask(int whileIdle, int whileWaiting) throws IOException {
        for (;;) {
            int state = word.get();
            int next = state == IDLE || state == NUDGED ? whileIdle : state == WAITING || state == NUDGED_RUNG ? whileWaiting : state;
            if (next == state) {
                return state != CLOSED;
            }
            if (word.compareAndSet(state, next)) {
                if (state == WAITING) {
                    ring();
                }
                return true;
            }
        }
    }

    private synchronized void ring() throws IOException {
        if (!closed) {
            bell.ring();
        }
    }

    /** The collector is about to block; false if it must not, because it was asked to wake up or to look at changes. */
    boolean prepareToWait() {
        return word.compareAndSet(IDLE, WAITING);
    }

    /** The collector is back, or did not wait at all. Returns whether it was asked to wake up, which has then been heard. */
    boolean heard() {
        // most turns: who asks from here on is heard after the next one, and an atomic write costs as much as an event
        int state = word.get() == IDLE ? IDLE : word.getAndSet(IDLE);
        return state == PENDING || state == RUNG;
    }

    /** The engine has told a descriptor that nobody registered. Returns whether somebody woke the collector by it. */
    boolean wasRungByOthers(int fd) {
        return bell.wasRungByOthers(fd);
    }

    /** Nobody waits any more. Returns whether it was asked to wake up, which nobody has heard. */
    synchronized boolean close() throws IOException {
        int state = word.getAndSet(CLOSED);
        closed = true;
        bell.close();
        return state == PENDING || state == RUNG;
    }
}
