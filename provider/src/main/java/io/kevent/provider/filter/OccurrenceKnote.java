// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventBatch;
import io.kevent.EventKind;
import io.kevent.provider.core.InterestSet;
import io.kevent.provider.core.OccurrenceSet;
import io.kevent.provider.queue.Dispatcher;
import io.kevent.provider.queue.QueueBatch;
import io.kevent.provider.queue.QueueKnote;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A knote of something that occurs, and of which nothing is left once it is told. What occurs is merged into one event until then; each kind has its own way
 * to merge. The fields are guarded by the dispatcher's lock.
 */
abstract class OccurrenceKnote extends QueueKnote {
    private final OccurrenceSet interest = new OccurrenceSet();

    /** Whether there is an event that has not been told. */
    private boolean occurred;

    /** What it tells. */
    long number;
    int kindFlags;
    int eventFlags;
    Throwable error;

    /** Which of all that have occurred it tells, where a later one takes the place of an earlier, or drops it; compared by the distance. */
    int order;

    /** The interest set that was delivered for last: one-shot empties it. */
    private int delivered;

    OccurrenceKnote(Dispatcher dispatcher, EventKind kind, Terms terms) {
        super(dispatcher, kind, terms.priority(), terms.attachment());
        interest.setInterest(OccurrenceSet.OCCURRED | requireOptions(terms.ops()));
        if (!terms.enabled()) {
            interest.disable();
        }
    }

    @Override
    protected final InterestSet interest() {
        return interest;
    }

    @Override
    protected final int requireMeaning(int ops) {
        return OccurrenceSet.OCCURRED | requireOptions(ops);
    }

    private int requireOptions(int ops) {
        return Terms.requireOptions(ops, "a knote of the kind " + kind());
    }

    /** The source was registered again. False if the knote was deleted or is over meanwhile; nothing is changed then. */
    final boolean reregister(Terms terms) {
        int ops = requireMeaning(terms.ops());
        dispatcher().lock();
        try {
            if (isDeleted() || isOverLocked()) {
                return false;
            }
            reregisterLocked(ops, terms.enabled(), terms.priority(), terms.attachment());
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            dispatcher().unlock();
        }
    }

    /** Whether nothing more will occur, and all that has is told. */
    boolean isOverLocked() {
        return false;
    }

    /** Something has occurred, and was merged into the fields. */
    final void occurredLocked() {
        occurred = true;
        refreshLocked();
    }

    /** What has occurred is dropped, what came back with it. */
    final void dropLocked() {
        occurred = false;
        forgetLocked();
        dropReturnedLocked();
        refreshLocked();
    }

    /** Whether nothing will be waited for before the interest set is set again: one-shot has emptied it. */
    final boolean isDisarmedLocked() {
        return interest.interest() == 0;
    }

    @Override
    protected final boolean hasNewsLocked() {
        return occurred && interest.operationsReady(OccurrenceSet.OCCURRED) != 0;
    }

    @Override
    protected void tellLocked(QueueBatch batch) {
        if (!isDisarmedLocked()) {
            delivered = interest.interest();
        }
        interest.deliver(OccurrenceSet.OCCURRED, null);
        batch.put(this, 0, number, eventFlags, kindFlags, order, error);
        occurred = false;
        forgetLocked();
    }

    /** The event was told: what the next one tells begins anew. */
    void forgetLocked() {
        number = 0;
        kindFlags = 0;
        eventFlags = 0;
        error = null;
    }

    /** Merged with what has occurred since: counts add up, flags as well. */
    @Override
    protected boolean takeBackLocked(QueueBatch batch, int index) {
        occurred = true;
        number += batch.dataAt(index);
        kindFlags |= batch.filterFlagsAt(index);
        eventFlags |= batch.flagsAt(index) & ~EventBatch.FORCED;
        if (error == null) {
            error = batch.errorAt(index);
        }
        return true;
    }

    @Override
    protected final void undoDeliveryLocked() {
        assignLocked(isDisarmedLocked() ? delivered : interest.interest(), !isKeptBackLocked());
    }

    /** Whether there is an event that has not been told. */
    final boolean hasOccurredLocked() {
        return occurred;
    }

    final void setOccurredLocked() {
        occurred = true;
    }
}
