// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.DeletedKnoteException;
import io.kevent.EventKind;
import io.kevent.KeventOps;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.provider.core.Attempts;
import io.kevent.provider.core.InterestSet;
import io.kevent.provider.core.OccurrenceSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What all knotes of a queue have in common towards the program: what enabling, changing, forcing and deleting mean. Methods whose names end in
 * {@code Locked} are called with the dispatcher's lock held.
 */
public abstract class QueueKnote extends ReadyKnote {
    private final EventKind kind;

    /**
     * Makes a knote.
     *
     * @param dispatcher the queue's
     * @param kind what it watches
     * @param priority its priority, in range
     * @param attachment its attachment
     */
    protected QueueKnote(Dispatcher dispatcher, EventKind kind, int priority, Object attachment) {
        super(dispatcher, priority, attachment);
        this.kind = kind;
    }

    // ---- what a kind of source brings

    /**
     * Refuses an interest set that means nothing for this kind, by name.
     *
     * @param ops operations and options
     * @return the interest set to set
     */
    protected abstract int requireMeaning(int ops);

    /**
     * The interest set was changed.
     *
     * @param gone operations and options of it that could be delivered before, and cannot any more
     * @throws IOException if the kernel refuses
     */
    protected void interestChangedLocked(int gone) throws IOException { }

    /** The knote is deleted: it must not be found any more. The dispatcher's lock is held. */
    protected abstract void detachLocked();

    /** The knote is deleted: what belongs to it is to be let go of. No lock is held; called once, or more often for kinds that bear it. */
    protected void release() { }

    // ---- for the program

    @Override
    public final KeventQueue queue() {
        return dispatcher().queue();
    }

    @Override
    public final EventKind kind() {
        return kind;
    }

    @Override
    public final Object attach(Object attachment) {
        dispatcher().lock();
        try {
            Object before = attachment();
            setAttachmentLocked(attachment);
            return before;
        } finally {
            dispatcher().unlock();
        }
    }

    @Override
    public final Knote priority(int priority) {
        KeventQueue.requirePriority(priority);
        lockValid();
        try {
            prioritizeLocked(priority);
        } finally {
            dispatcher().unlock();
        }
        return this;
    }

    private void prioritizeLocked(int priority) {
        if (priority() != priority) {
            rings().remove(this);
            setPriorityLocked(priority);
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
            dispatcher().unlockAfterChange();
        }
        return this;
    }

    @Override
    public final Knote enable() {
        lockValid();
        try {
            changeInterestLocked(interest().interest(), true);
        } finally {
            dispatcher().unlockAfterChange();
        }
        return this;
    }

    @Override
    public final Knote disable() {
        lockValid();
        try {
            changeInterestLocked(interest().interest(), false);
        } finally {
            dispatcher().unlock();
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
     * @throws IOException if the kernel refuses; it is as it was then
     */
    protected final void reregisterLocked(int ops, boolean enabled, int priority, Object attachment) throws IOException {
        int opsBefore = interest().interest();
        boolean wasEnabled = interest().isEnabled();
        boolean wasKeptBack = isKeptBackLocked();
        int priorityBefore = priority();
        Object attachmentBefore = attachment();
        setAttachmentLocked(attachment);
        prioritizeLocked(priority);
        try {
            setLocked(ops, enabled);
        } catch (IOException | RuntimeException | Error e) {
            setAttachmentLocked(attachmentBefore);
            prioritizeLocked(priorityBefore);
            // what was refused is tried again: as this
            assignLocked(opsBefore, wasEnabled);
            keepBackLocked(wasKeptBack);
            refreshLocked();
            throw e;
        }
    }

    /**
     * Replaces interest set and enabling.
     *
     * @param ops the interest set, known to be valid
     * @param enabled whether it may be delivered
     * @throws IOException if the kernel refuses
     */
    protected final void setLocked(int ops, boolean enabled) throws IOException {
        int before = deliverableOps();
        assignLocked(ops, enabled);
        try {
            interestChangedLocked(before & ~deliverableOps());
        } finally {
            refreshLocked();
        }
    }

    private int deliverableOps() {
        InterestSet interest = interest();
        return interest.isEnabled() ? interest.interest() : 0;
    }

    /**
     * Replaces interest set and enabling, and tells nobody of it.
     *
     * @param ops the interest set, known to be valid
     * @param enabled whether it may be delivered
     */
    protected final void assignLocked(int ops, boolean enabled) {
        InterestSet interest = interest();
        keepBackLocked(!enabled);
        if (enabled) {
            interest.setInterest(ops);
        } else {
            if (interest.interest() != ops) {
                interest.setInterest(ops);
            }
            interest.disable();
        }
    }

    @Override
    public final void forceOneshot() {
        lockValid();
        try {
            forceLocked();
        } finally {
            dispatcher().unlock();
        }
    }

    // ---- the end

    @Override
    public final void delete() {
        boolean first = false;
        dispatcher().lock();
        try {
            first = !isDeleted();
            deleteLocked();
        } finally {
            try {
                dispatcher().unlock();
            } finally {
                if (first) {
                    // also if the kernel refuses to let go of it
                    release();
                }
            }
        }
    }

    /**
     * Deletes it, and has let go of what belongs to it: another thread that deletes it may not have come to that yet. For kinds that bear to be released twice.
     */
    public final void deleteAndRelease() {
        delete();
        release();
    }

    /**
     * Ends several, all of them.
     *
     * @param knotes which
     * @param ending {@link #delete()} or {@link #deleteAndRelease()}
     * @throws IOException what failed for the first of them, after the others are ended
     */
    public static void endAll(List<? extends QueueKnote> knotes, Consumer<QueueKnote> ending) throws IOException {
        Attempts attempts = new Attempts();
        for (QueueKnote knote : knotes) {
            try {
                ending.accept(knote);
            } catch (UncheckedIOException e) {
                attempts.failed(e.getCause());
            } catch (RuntimeException | Error e) {
                attempts.failed(e);
            }
        }
        attempts.end();
    }

    /** Marks and detaches it, unless it was deleted before. Whoever does it owes a {@link #release()}, without the lock. */
    protected final void deleteLocked() {
        if (!isDeleted()) {
            markDeleted();
            rings().remove(this);
            detachLocked();
        }
    }

    @Override
    public final boolean deleteAndAwait(long timeout, TimeUnit unit) throws InterruptedException {
        boolean handled;
        try {
            delete();
        } finally {
            // also if the kernel refuses to let go of it
            handled = dispatcher().awaitHandled(this, unit.toNanos(timeout));
        }
        return handled;
    }

    @Override
    public final boolean isValid() {
        return !isDeleted() && dispatcher().isOpen();
    }

    /** Refuses a knote that is deleted. */
    protected final void requireValid() {
        if (!isValid()) {
            throw new DeletedKnoteException();
        }
    }

    /** Takes the lock, and refuses a knote that is deleted. */
    protected final void lockValid() {
        dispatcher().lock();
        if (!isValid()) {
            dispatcher().unlock();
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
        return "Knote[" + kind + " " + label() + ", " + KeventOps.toString(visibleOps()) + ", priority=" + priority() + ", " + state + "]";
    }
}
