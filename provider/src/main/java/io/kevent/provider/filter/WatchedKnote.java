// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventBatch;
import io.kevent.EventKind;
import io.kevent.provider.core.InterestSet;
import io.kevent.provider.core.Knote;
import io.kevent.provider.core.KnoteKey;
import io.kevent.provider.core.OccurrenceSet;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.queue.Dispatcher;
import io.kevent.provider.queue.KernelKnote;
import io.kevent.provider.queue.QueueBatch;
import io.kevent.provider.queue.QueueKnote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectionKey;

/** A knote of a channel, which the kernel watches. What was found of it is kept here until it is told; the collector looks no further meanwhile. */
abstract class WatchedKnote extends QueueKnote {

    /** Stands for the interest set as long as there is no channel. */
    private final OccurrenceSet early = new OccurrenceSet();

    // ---- guarded by the dispatcher's lock; watched is written once

    private volatile Watched watched;
    private Key key;

    /** What was found and not told yet. */
    private int found;

    /** Operations of an event that came back. */
    private int returnedOps;

    /** Why there is no channel, until it is told. */
    private IOException failure;

    WatchedKnote(Dispatcher dispatcher, EventKind kind, Terms terms) {
        super(dispatcher, kind, terms.priority(), terms.attachment());
        early.setInterest(terms.ops());
        if (!terms.enabled()) {
            early.disable();
        }
    }

    // ---- coming and going

    /**
     * Begins to watch a channel. The caller holds the channel's {@code blockingLock}, and not the dispatcher's.
     *
     * @throws ClosedChannelException if it is closed
     * @throws IOException if the kernel refuses; the channel does not know the knote then
     */
    final void watch(SelectableChannel channel) throws IOException {
        Watched fresh = new Watched(channel);
        Key own = new Key(channel);
        channel.register(dispatcher().watch().selector(), 0, own);
        boolean entered = false;
        dispatcher().lock();
        try {
            dispatcher().requireOpen();
            if (isDeleted() || !own.isValid()) {
                throw new ClosedChannelException();
            }
            fresh.setInterest(early.interest());
            if (!early.isEnabled()) {
                fresh.disable();
            }
            dispatcher().watch().add(fresh);
            watched = fresh;
            key = own;
            entered = true;
        } finally {
            try {
                dispatcher().unlock();
            } finally {
                if (!entered) {
                    letGo(own);
                }
            }
        }
    }

    /** The source was registered again. False if the knote was deleted meanwhile; nothing is changed then. */
    final boolean reregister(Terms terms) throws IOException {
        dispatcher().lock();
        try {
            if (isDeleted()) {
                return false;
            }
            reregisterLocked(terms.ops(), terms.enabled(), terms.priority(), terms.attachment());
            return true;
        } finally {
            dispatcher().unlock();
        }
    }

    /** There will be no channel: that is what there is to tell. */
    final void failLocked(IOException reason) {
        failure = reason;
        refreshLocked();
    }

    @Override
    protected final void detachLocked() {
        Watched gone = watched;
        if (gone != null) {
            try {
                dispatcher().watch().remove(gone);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    protected void release() {
        if (key != null) {
            letGo(key);
        }
    }

    private void letGo(Key gone) {
        dispatcher().watch().letGo(gone);
        try {
            JdkChannels.releaseIfClosed(gone.channel());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final SelectableChannel watchedChannel() {
        Watched present = watched;
        return present == null ? null : present.channel();
    }

    // ---- what there is to tell

    @Override
    protected final InterestSet interest() {
        Watched present = watched;
        return present == null ? early : present;
    }

    @Override
    protected final void interestChangedLocked(int gone) throws IOException {
        if (watched == null) {
            return;
        }
        if (gone != 0 || isReturnedLocked() && isKeptBackLocked()) {
            dispatcher().watch().leaveToOthers(watched);
        }
        if (found != 0 && !hasNewsLocked() && !isReturnedLocked()) {
            // it is not waited for any more; what is still so then is found again when it is
            cameToNothingLocked();
        }
        dispatcher().watch().change(watched);
    }

    @Override
    protected final void cameToNothingLocked() {
        if (watched != null) {
            found = 0;
            dispatcher().watch().unpark(watched);
        }
    }

    @Override
    protected final boolean hasNewsLocked() {
        return found != 0 && watched.operationsParked(found) != 0 || failure != null && early.isEnabled() && early.interest() != 0;
    }

    @Override
    protected final void tellLocked(QueueBatch batch) {
        if (failure != null) {
            batch.put(this, 0, 0, EventBatch.ERROR, 0, 0, failure);
            failure = null;
            return;
        }
        int events = found;
        int ops = dispatcher().watch().deliver(watched, events) | returnedOps;
        found = 0;
        returnedOps = 0;
        if (ops != 0) {
            batch.put(this, ops, 0, flags(events), 0, events, null);
        } else {
            cameToNothingLocked();
        }
    }

    @Override
    protected final boolean takeBackLocked(QueueBatch batch, int index) {
        failure = (IOException) batch.errorAt(index);
        found |= batch.rawAt(index);
        returnedOps |= batch.readyOpsAt(index);
        if (watched != null && isKeptBackLocked()) {
            // nobody is told of it before the program enables the knote
            dispatcher().watch().leaveToOthers(watched);
        }
        return true;
    }

    /** What the kernel's words for the state of the channel mean to the program. */
    int flags(int events) {
        return ((events & (Events.RDHUP | Events.HUP)) != 0 ? EventBatch.EOF : 0) | ((events & Events.ERR) != 0 ? EventBatch.ERROR : 0);
    }

    /** The core's side of it. */
    private final class Watched extends KernelKnote {
        Watched(SelectableChannel channel) {
            super(channel);
        }

        @Override
        protected QueueKnote owner() {
            return WatchedKnote.this;
        }

        @Override
        protected void foundLocked(int events) {
            found |= events;
            refreshLocked();
        }
    }

    /**
     * The channel's side of it. A channel that is closed cancels its keys, each of which then asks for its selector: that is how a queue learns at once that a
     * channel closes, whichever thread closes it.
     */
    final class Key extends AbstractSelectionKey implements KnoteKey {
        private final SelectableChannel channel;

        Key(SelectableChannel channel) {
            this.channel = channel;
        }

        WatchedKnote owner() {
            return WatchedKnote.this;
        }

        @Override
        public Knote knote() {
            return watched;
        }

        @Override
        public void lookAgain() {
            dispatcher().lock();
            try {
                if (watched != null && !isDeleted()) {
                    dispatcher().watch().lookAgain(watched);
                }
            } finally {
                dispatcher().unlock();
            }
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public Selector selector() {
            if (!isValid() && !isDeleted()) {
                delete();
            }
            return dispatcher().watch().selector();
        }

        @Override
        public int interestOps() {
            return 0;
        }

        @Override
        public SelectionKey interestOps(int ops) {
            throw new UnsupportedOperationException("the key of a queue's " + WatchedKnote.this + ": change the knote's interest set");
        }

        @Override
        public int readyOps() {
            return 0;
        }
    }
}
