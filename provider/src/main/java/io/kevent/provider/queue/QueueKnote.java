// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.DeletedKnoteException;
import io.kevent.EventBatch;
import io.kevent.EventKind;
import io.kevent.KeventOps;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.provider.core.InterestSet;
import io.kevent.provider.core.OccurrenceSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/**
 * What all knotes of a queue have in common: when one has something to tell, and what enabling, forcing and deleting mean. What it tells is its kind's:
 * subclasses keep that until it is delivered. Methods whose names end in {@code Locked} are called with the dispatcher's lock held.
 */
public abstract class QueueKnote extends Handling implements Knote {
    private final Dispatcher dispatcher;
    private final EventKind kind;
    private volatile Object attachment;
    private volatile int priority;

    // ---- guarded by the dispatcher's lock

    /** The ring that the knote stands in, and its neighbours there; null if it stands in none. */
    ReadyRing ring;
    QueueKnote ringNext;
    QueueKnote ringBefore;

    /** Whether one last delivery was asked for, and whether it was made. */
    private boolean forced;
    private boolean finished;

    /** Whether an event that was delivered came back, and is to be delivered again whatever became of the interest meanwhile. */
    private boolean returned;

    /**
     * Makes a knote.
     *
     * @param dispatcher the queue's
     * @param kind what it watches
     * @param priority its priority, in range
     * @param attachment its attachment
     */
    protected QueueKnote(Dispatcher dispatcher, EventKind kind, int priority, Object attachment) {
        this.dispatcher = dispatcher;
        this.kind = kind;
        this.priority = priority;
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
     * Refuses an interest set that means nothing for this kind, by name.
     *
     * @param ops operations and options
     * @return the interest set to set
     */
    protected abstract int requireMeaning(int ops);

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

    /**
     * An event comes back that no thread has come to: it is to be told again, together with what happened meanwhile.
     *
     * @param batch whose event it is
     * @param index where it is in the batch
     */
    protected abstract void takeBackLocked(QueueBatch batch, int index);

    /**
     * The interest set was changed.
     *
     * @throws IOException if the kernel refuses
     */
    protected void interestChangedLocked() throws IOException { }

    /** The knote is deleted: it must not be found any more. The dispatcher's lock is held. */
    protected abstract void detachLocked();

    /** The knote is deleted: what belongs to it is to be let go of. No lock is held; called once. */
    protected void release() { }

    // ---- readiness

    /** Takes the knote into its ring or out of it, as it has something to tell or not. */
    protected final void refreshLocked() {
        if (mayBeDeliveredLocked()) {
            dispatcher.ready().add(this);
        } else {
            dispatcher.ready().remove(this);
        }
    }

    private boolean mayBeDeliveredLocked() {
        if (isDeleted() || finished) {
            return false;
        }
        return returned || forced && mayBeForcedLocked() || hasNewsLocked();
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
        }
        if (last) {
            if (batch.size() == before) {
                batch.put(this, 0, 0, 0, 0, 0, null);
            }
            batch.flagLast(EventBatch.FORCED);
            finished = true;
            forced = false;
        }
        returned = false;
        if (batch.size() > before) {
            delivered();
        }
    }

    /** An event of it comes back from a batch. */
    final void giveBackLocked(QueueBatch batch, int index) {
        if (!isDeleted()) {
            if ((batch.flagsAt(index) & EventBatch.FORCED) != 0) {
                finished = false;
                forced = true;
            }
            returned = true;
            takeBackLocked(batch, index);
        }
        withdraw();
        refreshLocked();
    }

    /**
     * Whether an event that was delivered has come back, and is to be told whatever the interest set says now.
     *
     * @return whether it has
     */
    protected final boolean isReturnedLocked() {
        return returned;
    }

    @Override
    final void handlingEnded() {
        dispatcher.handlingEnded(this);
    }

    // ---- for the program

    /**
     * The dispatcher of the knote's queue.
     *
     * @return the same at each call
     */
    protected final Dispatcher dispatcher() {
        return dispatcher;
    }

    @Override
    public final KeventQueue queue() {
        return dispatcher.queue();
    }

    @Override
    public final EventKind kind() {
        return kind;
    }

    @Override
    public final Object attachment() {
        return attachment;
    }

    @Override
    public final Object attach(Object attachment) {
        dispatcher.lock();
        try {
            Object before = this.attachment;
            this.attachment = attachment;
            return before;
        } finally {
            dispatcher.unlock();
        }
    }

    @Override
    public final int priority() {
        return priority;
    }

    @Override
    public final Knote priority(int priority) {
        KeventQueue.requirePriority(priority);
        lockValid();
        try {
            prioritizeLocked(priority);
        } finally {
            dispatcher.unlock();
        }
        return this;
    }

    private void prioritizeLocked(int priority) {
        if (this.priority != priority) {
            dispatcher.ready().remove(this);
            this.priority = priority;
            refreshLocked();
        }
    }

    @Override
    public final int interestOps() {
        requireValid();
        return visibleOps();
    }

    private int visibleOps() {
        return interest().interest() & ~OccurrenceSet.OCCURRED;
    }

    @Override
    public final Knote interestOps(int ops) {
        int wanted = requireMeaning(ops);
        lockValid();
        try {
            changeInterestLocked(wanted, true);
        } finally {
            dispatcher.unlock();
        }
        return this;
    }

    @Override
    public final Knote enable() {
        lockValid();
        try {
            changeInterestLocked(interest().interest(), true);
        } finally {
            dispatcher.unlock();
        }
        return this;
    }

    @Override
    public final Knote disable() {
        lockValid();
        try {
            changeInterestLocked(interest().interest(), false);
        } finally {
            dispatcher.unlock();
        }
        return this;
    }

    @Override
    public final boolean isEnabled() {
        return isValid() && interest().isEnabled();
    }

    private void changeInterestLocked(int ops, boolean enabled) {
        try {
            setLocked(ops, enabled);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The source was registered again: takes on what was asked for.
     *
     * @param ops the interest set, known to be valid
     * @param enabled whether it may be delivered
     * @param priority the priority, in range
     * @param attachment the attachment
     * @throws IOException if the kernel refuses
     */
    protected final void reregisterLocked(int ops, boolean enabled, int priority, Object attachment) throws IOException {
        this.attachment = attachment;
        prioritizeLocked(priority);
        setLocked(ops, enabled);
    }

    /**
     * Replaces interest set and enabling.
     *
     * @param ops the interest set, known to be valid
     * @param enabled whether it may be delivered
     * @throws IOException if the kernel refuses
     */
    protected final void setLocked(int ops, boolean enabled) throws IOException {
        InterestSet interest = interest();
        if (enabled) {
            interest.setInterest(ops);
        } else {
            if (interest.interest() != ops) {
                interest.setInterest(ops);
            }
            interest.disable();
        }
        try {
            interestChangedLocked();
        } finally {
            refreshLocked();
        }
    }

    @Override
    public final void forceOneshot() {
        lockValid();
        try {
            if (!finished) {
                forced = true;
                askAttention();
                refreshLocked();
            }
        } finally {
            dispatcher.unlock();
        }
    }

    // ---- the end

    @Override
    public final void delete() {
        boolean first;
        dispatcher.lock();
        try {
            first = deleteLocked();
        } finally {
            dispatcher.unlock();
        }
        if (first) {
            release();
        }
    }

    /**
     * Marks and detaches it.
     *
     * @return whether it was not deleted before; the caller owes a {@link #release()} then, without the lock
     */
    protected final boolean deleteLocked() {
        if (isDeleted()) {
            return false;
        }
        markDeleted();
        dispatcher.ready().remove(this);
        detachLocked();
        return true;
    }

    @Override
    public final boolean deleteAndAwait(long timeout, TimeUnit unit) throws InterruptedException {
        delete();
        return dispatcher.awaitHandled(this, unit.toNanos(timeout));
    }

    @Override
    public final boolean isValid() {
        return !isDeleted() && dispatcher.isOpen();
    }

    /** Refuses a knote that is deleted. */
    protected final void requireValid() {
        if (!isValid()) {
            throw new DeletedKnoteException();
        }
    }

    /** Takes the lock, and refuses a knote that is deleted. */
    protected final void lockValid() {
        dispatcher.lock();
        if (!isValid()) {
            dispatcher.unlock();
            throw new DeletedKnoteException();
        }
    }

    /**
     * What the knote watches, for {@link #toString()}.
     *
     * @return a few words
     */
    protected abstract String label();

    @Override
    public String toString() {
        String state = isDeleted() ? "deleted" : isEnabled() ? "enabled" : "disabled";
        return "Knote[" + kind + " " + label() + ", " + KeventOps.toString(visibleOps()) + ", priority=" + priority + ", " + state + "]";
    }
}
