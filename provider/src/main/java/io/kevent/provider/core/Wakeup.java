// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Doorbell;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

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
public final class Wakeup {
    private static final long IDLE = 0;
    private static final long PENDING = 1;
    private static final long WAITING = 2;
    private static final long RUNG = 3;
    private static final long NUDGED = 4;
    private static final long NUDGED_RUNG = 5;
    private static final long CLOSED = 6;

    /** The bits of {@link #word} that hold the state; those above count how often somebody asked. */
    private static final long STATE = 7;
    private static final long ONE = STATE + 1;

    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(Wakeup.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** State and count in one: to count apart would cost as much again as to ask. */
    private volatile long word = IDLE;

    /** Whether somebody wants to know who asks: nobody does as a rule, and to note it costs as much as to ask. */
    private volatile boolean notesWakers;
    private volatile Thread lastWaker;

    private final Doorbell bell;

    /** Guarded by this: a ring must not reach a descriptor that the kernel has given to somebody else meanwhile. */
    private boolean closed;

    Wakeup(Doorbell bell) {
        this.bell = bell;
    }

    /**
     * Ends the turn that is under way, or keeps the next one from waiting. Any thread.
     *
     * @return false if the collector is closed, and nobody will hear it
     * @throws IOException if the kernel refuses
     */
    public boolean wake() throws IOException {
        if (notesWakers) {
            lastWaker = Thread.currentThread();
        }
        return ask(PENDING, RUNG);
    }

    /**
     * Has changes carried out soon: a turn that waits ends early for it, and no wait that its caller sees does. Any thread.
     *
     * @throws IOException if the kernel refuses
     */
    public void nudge() throws IOException {
        ask(NUDGED, NUDGED_RUNG);
    }

    /**
     * The word is written even if it says already what is asked for. Only so does who hears it see what this thread did before it asked, such as the task that
     * it put on a list: to read the word and go would leave that in the processor's store buffer, while the other reads the list and goes to sleep again.
     */
    private boolean ask(long whileIdle, long whileWaiting) throws IOException {
        long toCount = ONE;
        for (;;) {
            long before = word;
            long state = before & STATE;
            long next = state == IDLE || state == NUDGED ? whileIdle : state == WAITING || state == NUDGED_RUNG ? whileWaiting : state;
            if (next == state) {
                // no compareAndSet: many threads at once come here
                if (((long) WORD.getAndAdd(this, toCount) & STATE) == state) {
                    return state != CLOSED;
                }
                // heard meanwhile: to be asked for anew, and counted already
                toCount = 0;
            } else if (WORD.compareAndSet(this, before, before - state + next + toCount)) {
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

    /** Whether a wait would begin now: nobody has asked for its end, or for a look at changes. */
    boolean isIdle() {
        return (word & STATE) == IDLE;
    }

    /** The collector is about to block; false if it must not, because it was asked to wake up or to look at changes. */
    boolean prepareToWait() {
        for (;;) {
            long before = word;
            if ((before & STATE) != IDLE) {
                return false;
            }
            if (WORD.compareAndSet(this, before, before + WAITING)) {
                return true;
            }
        }
    }

    /** The collector is back, or did not wait at all. Returns whether it was asked to wake up, which has then been heard. */
    boolean heard() {
        // most turns: who asks from here on is heard after the next one, and an atomic write costs as much as an event
        return (word & STATE) != IDLE && isAsked(turnTo(IDLE));
    }

    /** The engine has told a descriptor that nobody registered. Returns whether somebody woke the collector by it. */
    boolean wasRungByOthers(int fd) {
        return bell.wasRungByOthers(fd);
    }

    /** Nobody waits any more. Returns whether it was asked to wake up, which nobody has heard. */
    synchronized boolean close() throws IOException {
        long state = turnTo(CLOSED);
        closed = true;
        bell.close();
        return isAsked(state);
    }

    /** Returns the state of before. */
    private long turnTo(long state) {
        for (;;) {
            long before = word;
            if (WORD.compareAndSet(this, before, before & ~STATE | state)) {
                return before & STATE;
            }
        }
    }

    private static boolean isAsked(long state) {
        return state == PENDING || state == RUNG;
    }

    /**
     * Has it noted from now on who asks for the end of a wait, or no more. Any thread.
     *
     * @param whether whether to note it; what was noted is forgotten if not, but for who is just about to be
     */
    public void noteWakers(boolean whether) {
        if (whether != notesWakers) {
            notesWakers = whether;
            if (!whether) {
                lastWaker = null;
            }
        }
    }

    /**
     * Who has asked for the end of a wait last. Any thread.
     *
     * @return the thread; null if nobody has while it was noted
     */
    public Thread lastWaker() {
        return lastWaker;
    }

    /** How often somebody asked for the end of a wait, or for a look at the changes. Any thread. */
    long asked() {
        return word / ONE;
    }
}
