// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.Knote;
import io.kevent.provider.core.InterestSet;

/**
 * The part of a knote that stands in the rings and goes into batches: when it has something to tell, what a forced and a returned event are. What it tells is
 * its kind's: subclasses keep that until it is delivered. Methods whose names end in {@code Locked} are called with the dispatcher's lock held.
 */
abstract class ReadyKnote extends Handling implements Knote {
    private final Dispatcher dispatcher;

    // ---- guarded by the dispatcher's lock; the volatile ones are read without

    private volatile Object attachment;
    private volatile int priority;

    /** The ring that the knote stands in, and its neighbours there; null if it stands in none. */
    ReadyRing ring;
    ReadyKnote ringNext;
    ReadyKnote ringBefore;

    /** Whether one last delivery was asked for, and whether it was made. */
    private boolean forced;
    private boolean finished;

    /** Whether an event that was delivered came back, and is to be delivered again whatever became of the interest meanwhile. */
    private boolean returned;

    /** Whether the program was the last to disable it, and not a delivery under dispatch: an event that came back waits as well then. */
    private boolean keptBack;

    /** How many events of it were put into batches; and whether the last of them is what came back. */
    private int deliveries;
    private boolean lastCameBack;

    ReadyKnote(Dispatcher dispatcher, int priority, Object attachment) {
        this.dispatcher = dispatcher;
        this.priority = priority;
        this.attachment = attachment;
    }

    /**
     * The dispatcher of the knote's queue.
     *
     * @return the same at each call
     */
    protected final Dispatcher dispatcher() {
        return dispatcher;
    }

    final ReadyRings rings() {
        return dispatcher.ready();
    }

    @Override
    public final int priority() {
        return priority;
    }

    /** Replaces the priority; the knote stands in no ring. */
    final void setPriorityLocked(int priority) {
        this.priority = priority;
    }

    @Override
    public final Object attachment() {
        return attachment;
    }

    final void setAttachmentLocked(Object attachment) {
        this.attachment = attachment;
    }

    // ---- what a kind of source brings

    /**
     * The interest set.
     *
     * @return the same at each call
     */
    protected abstract InterestSet interest();

    /**
     * Whether there is something to tell that the interest set waits for.
     *
     * @return whether {@link #tellLocked} would have something
     */
    protected abstract boolean hasNewsLocked();

    /**
     * Puts what there is to tell into a batch by {@link QueueBatch#put}, and forgets it; applies one-shot and dispatch.
     *
     * @param batch where to put it
     */
    protected abstract void tellLocked(QueueBatch batch);

    /** What there was to tell has come to nothing meanwhile: forgets it, so that what happens from now on is told. */
    protected void cameToNothingLocked() { }

    /**
     * An event comes back that no thread has come to: it is to be told again, together with what happened meanwhile.
     *
     * @param batch whose event it is
     * @param index where it is in the batch
     * @return false if there is nothing of it to tell any more
     */
    protected abstract boolean takeBackLocked(QueueBatch batch, int index);

    /**
     * The last event was told to nobody and never will be: what one-shot or dispatch made of the interest set for it is to be as it was, unless the program
     * has set it since. For kinds whose events can be dropped once they were delivered.
     */
    protected void undoDeliveryLocked() { }

    // ---- readiness

    /** Takes the knote into its ring or out of it, as it has something to tell or not. */
    protected final void refreshLocked() {
        if (mayBeDeliveredLocked()) {
            rings().add(this);
        } else {
            rings().remove(this);
        }
    }

    private boolean mayBeDeliveredLocked() {
        if (isDeleted() || finished) {
            return false;
        }
        return returned && !keptBack || forced && mayBeForcedLocked() || hasNewsLocked();
    }

    /** A thread that handles the knote is left alone with it, until it enables it or goes on. */
    private boolean mayBeForcedLocked() {
        return !isHeld() || interest().isEnabled() && interest().interest() != 0;
    }

    /** Delivers to a thread, if there is still something to deliver. */
    final void deliverLocked(QueueBatch batch) {
        int before = batch.size();
        boolean last = forced && mayBeForcedLocked();
        if (hasNewsLocked() || returned) {
            tellLocked(batch);
        } else {
            cameToNothingLocked();
        }
        if (last) {
            if (batch.size() == before) {
                batch.putEmpty(this);
            }
            batch.flagLast(EventBatch.FORCED);
            finished = true;
            forced = false;
        }
        returned = false;
        lastCameBack = false;
        if (batch.size() > before) {
            delivered();
        }
    }

    /** The number of an event that is put into a batch. */
    final int nextDelivery() {
        return ++deliveries;
    }

    /** An event of it comes back from a batch. */
    final void giveBackLocked(QueueBatch batch, int index) {
        if (!isDeleted()) {
            if ((batch.flagsAt(index) & EventBatch.FORCED) != 0) {
                finished = false;
                forced = true;
            }
            // being forced is all that an empty one tells
            if (!batch.isEmptyAt(index)) {
                lastCameBack |= batch.deliveryAt(index) == deliveries;
                if (takeBackLocked(batch, index)) {
                    returned = true;
                } else if (!returned) {
                    dropReturnedLocked();
                }
            }
        }
        withdraw();
        refreshLocked();
    }

    /** An event that came back is not to be told any more. */
    protected final void dropReturnedLocked() {
        returned = false;
        if (lastCameBack) {
            lastCameBack = false;
            undoDeliveryLocked();
        }
    }

    /**
     * Whether an event came back, and was neither told nor dropped since.
     *
     * @return whether one did
     */
    protected final boolean isReturnedLocked() {
        return returned;
    }

    /**
     * Whether the program keeps back what there is to tell.
     *
     * @return whether it was the last to disable the knote, and not a delivery under dispatch
     */
    protected final boolean isKeptBackLocked() {
        return keptBack;
    }

    /** Notes whether the program keeps back what there is to tell; {@link #refreshLocked} is to follow. */
    final void keepBackLocked(boolean keptBack) {
        this.keptBack = keptBack;
    }

    @Override
    final void handlingEnded() {
        dispatcher.handlingEnded(this);
    }

    /** Asks for one last delivery, unless it was made. */
    final void forceLocked() {
        if (!finished) {
            forced = true;
            askAttention();
            refreshLocked();
        }
    }
}
