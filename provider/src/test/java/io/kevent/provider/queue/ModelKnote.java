// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.KeventOps;
import io.kevent.Knote;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_ONESHOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a knote should be like by the rules of the API, and no more than that. The kinds say what there is to tell. */
abstract class ModelKnote {
    /** An event that is in a thread's batch. */
    static final class Event {
        final ModelKnote model;
        final int index;
        final int ops;
        final long data;
        final boolean forced;
        final long order;
        final int delivery;
        boolean begun;

        Event(ModelKnote model, int index, int ops, long data, boolean forced, long order, int delivery) {
            this.model = model;
            this.index = index;
            this.ops = ops;
            this.data = data;
            this.forced = forced;
            this.order = order;
            this.delivery = delivery;
        }
    }

    final Knote knote;
    int interest;
    boolean enabled;
    boolean deleted;
    boolean forced;
    boolean finished;
    /** Whether an event came back that is to be told whatever the interest set says by now, unless the program keeps it back. */
    boolean returned;
    /** Whether the program was the last to disable it. */
    boolean keptBack;
    /** Events in batches, and those of them that are handled. */
    int held;
    int begun;
    /** How many were delivered, and whether the last of them is what came back; what that one was delivered for. */
    private int deliveries;
    private boolean lastCameBack;
    private int deliveredFor;

    ModelKnote(Knote knote, int interest, boolean enabled) {
        this.knote = knote;
        this.interest = interest;
        this.enabled = enabled;
    }

    // ---- what a kind brings

    /** Whether something is waited for at all. */
    abstract boolean isArmed();

    /** Whether there is something to tell that is waited for and that the queue must know of. */
    abstract boolean hasNews();

    /** Checks what was told, and forgets it. Returns whether one-shot and dispatch apply. */
    abstract boolean tell(QueueBatch batch, int at, boolean exact);

    /** False if there is nothing of it to tell any more. */
    abstract boolean takeBack(Event event);

    abstract void disarm();

    /** What was delivered for this interest set was told to nobody. */
    void undo(int deliveredFor) { }

    /** The order of what is told last, where that matters. */
    long order() {
        return 0;
    }

    void changed() { }

    // ---- the rules that all have in common

    final boolean isDeliverable() {
        return !deleted && !finished && (returned && !keptBack || forced && mayBeForced() || hasNews());
    }

    private boolean mayBeForced() {
        return held == 0 || enabled && isArmed();
    }

    final boolean has(int option) {
        return (interest & option) != 0;
    }

    void set(int ops, boolean on) {
        interest = ops;
        enabled = on;
        keptBack = !on;
        changed();
    }

    final void force() {
        forced |= !finished;
    }

    /** An event was delivered: checks it. */
    final Event delivered(QueueBatch batch, int at, boolean exact) {
        boolean last = forced && mayBeForced();
        assertTrue(!deleted && !finished, "told though there is nothing more to tell");
        boolean flagged = (batch.flagsAt(at) & EventBatch.FORCED) != 0;
        assertEquals(last, flagged, "forced");
        long order = order();
        if (isArmed()) {
            deliveredFor = interest;
        }
        if (tell(batch, at, exact)) {
            if (has(OP_ONESHOT)) {
                interest = 0;
                disarm();
            } else if (has(OP_DISPATCH)) {
                enabled = false;
            }
        }
        told();
        if (last) {
            finished = true;
            forced = false;
        }
        returned = false;
        lastCameBack = false;
        held++;
        return new Event(this, at, batch.readyOpsAt(at), batch.dataAt(at), flagged, order, ++deliveries);
    }

    void told() { }

    /** A thread comes to the event. False if it has to pass it over. */
    final boolean begin(Event event) {
        if (deleted) {
            held--;
            return false;
        }
        event.begun = true;
        begun++;
        return true;
    }

    final void end(Event event) {
        held--;
        begun--;
    }

    final void giveBack(Event event) {
        if (!deleted) {
            if (event.forced) {
                finished = false;
                forced = true;
            }
            // being forced is all that one without an order tells
            lastCameBack |= event.order != 0 && event.delivery == deliveries;
            returned |= takeBack(event);
            if (!returned) {
                dropReturned();
            }
        }
        held--;
    }

    /** What came back is not told any more: if nothing was delivered since, the interest set is as it was before that was. */
    final void dropReturned() {
        returned = false;
        if (lastCameBack) {
            lastCameBack = false;
            undo(deliveredFor);
        }
    }

    final void assertSame() {
        assertEquals(!deleted, knote.isValid(), "valid");
        assertEquals(enabled && !deleted, knote.isEnabled(), "enabled");
        if (!deleted) {
            assertEquals(interest, knote.interestOps(), "interest set");
        }
    }

    @Override
    public String toString() {
        return knote + " [" + KeventOps.toString(interest) + (enabled ? "" : ", disabled") + (deleted ? ", deleted" : "") + (forced ? ", forced" : "")
                + (finished ? ", finished" : "") + (returned ? ", returned" : "") + ", held=" + held + ", begun=" + begun + "]";
    }
}
