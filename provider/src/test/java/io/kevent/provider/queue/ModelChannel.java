// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.ChannelKnote;
import io.kevent.EventBatch;
import io.kevent.KeventOps;
import io.kevent.provider.kernel.Events;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A channel. What must be found of it is certain if the ring was empty before: then the queue asks the kernel. Otherwise events may be found or not, and what
 * was left in the ring may be out of date; then it is only checked that what is told was so at some time.
 */
final class ModelChannel extends ModelKnote {
    static final int OPERATIONS = OP_READ | OP_WRITE;

    private final SimulatedQueue queue;

    /** What is ready; may be a hang-up, of a channel whose interest is never in edges. */
    int ready;

    /** Edge-triggered: operations that are ready and to be reported, and those that may be told again since the queue learns of them in two ways. */
    private int edges;
    private int again;

    /** Operations that a poll may have found and not told. */
    private int stale;

    private int returnedOps;

    ModelChannel(SimulatedQueue queue, ChannelKnote knote, int interest, boolean enabled, int ready) {
        super(knote, 0, false);
        this.queue = queue;
        this.ready = ready;
        set(interest, enabled);
    }

    @Override
    boolean isArmed() {
        return interest != 0;
    }

    /** Not known to the queue before it asks. */
    @Override
    boolean hasNews() {
        return false;
    }

    private int readyOps() {
        return (ready & Events.HUP) != 0 ? OPERATIONS
                : ((ready & Events.IN) != 0 ? OP_READ : 0) | ((ready & Events.OUT) != 0 ? OP_WRITE : 0);
    }

    private static int opsOf(int events) {
        return ((events & Events.IN) != 0 ? OP_READ : 0) | ((events & Events.OUT) != 0 ? OP_WRITE : 0);
    }

    void arrive(int events) {
        queue.arrive((ChannelKnote) knote, events);
        ready |= events;
        if (has(OP_EDGE)) {
            edges |= opsOf(events);
        }
    }

    void drain(int events) {
        queue.drain((ChannelKnote) knote, events);
        ready &= ~events;
        edges &= readyOps();
    }

    @Override
    void set(int ops, boolean on) {
        int before = enabled && (interest & OP_EDGE) != 0 ? interest : 0;
        super.set(ops, on);
        edges &= ops;
        if (on && (ops & OP_EDGE) != 0) {
            edges |= ops & ~before & readyOps();
        }
    }

    /** What a poll has to tell that asks the kernel. */
    int wanted() {
        if (!enabled || deleted || finished) {
            return 0;
        }
        return interest & readyOps() & (has(OP_EDGE) ? edges : OPERATIONS);
    }

    boolean mayBeTold() {
        return (wanted() | (enabled ? interest & (stale | again & readyOps()) : 0)) != 0;
    }

    /** A poll is over that may have left something in the ring, or has left nothing there; what came back and is kept back stays as it was. */
    void polled(boolean mayHaveLeft, boolean exact) {
        stale = mayHaveLeft || returned ? stale | wanted() | again & readyOps() : 0;
        if (exact && !mayHaveLeft) {
            again = 0;
        }
    }

    @Override
    boolean tell(QueueBatch batch, int at, boolean exact) {
        int told = batch.readyOpsAt(at);
        int wanted = wanted();
        int possible = enabled ? interest & (wanted | stale | again & readyOps()) : 0;
        if (returned) {
            assertEquals(0, told & ~(possible | returnedOps), () -> "told " + KeventOps.toString(told));
            assertEquals(returnedOps, told & returnedOps, "what came back is told");
        } else if (exact) {
            assertEquals(wanted, told & ~(again & ~wanted), "ready operations");
        } else {
            assertEquals(0, told & ~possible, () -> "told " + KeventOps.toString(told));
        }
        if (told != 0) {
            boolean hungUp = (ready & Events.HUP) != 0;
            boolean eof = (batch.flagsAt(at) & EventBatch.EOF) != 0;
            assertTrue(eof == hungUp || !exact, "end of file");
        }
        edges &= ~told;
        again |= exact ? 0 : told;
        boolean ambiguous = returned;
        returnedOps = 0;
        return ambiguous ? applied() : told != 0;
    }

    /** Whether what came back was also found anew cannot be told apart: the knote says. */
    private boolean applied() {
        if (!enabled || !isArmed()) {
            return false;
        }
        return has(OP_ONESHOT) && knote.interestOps() == 0 || has(OP_DISPATCH) && !knote.isEnabled();
    }

    @Override
    boolean takeBack(Event event) {
        returnedOps |= event.ops;
        // and what else the kernel told at the time, or while the knote was finished, if it is waited for by now
        stale = OPERATIONS;
        return event.ops != 0;
    }

    @Override
    void disarm() {
        edges = 0;
    }

    @Override
    public String toString() {
        return super.toString() + "{ready " + Events.toString(ready) + ", edges " + KeventOps.toString(edges) + ", again " + KeventOps.toString(again)
                + ", stale " + KeventOps.toString(stale) + "}";
    }
}
