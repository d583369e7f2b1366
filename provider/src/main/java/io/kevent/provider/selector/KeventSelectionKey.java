// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.KeventOps;
import io.kevent.provider.core.InterestSet;
import io.kevent.provider.core.Knote;
import io.kevent.provider.core.KnoteKey;
import io.kevent.provider.core.Looks;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** A key whose interest set accepts the options of {@link KeventOps}; and its own knote. */
final class KeventSelectionKey extends Knote implements KnoteKey {
    private static final VarHandle READY_OPS;

    static {
        try {
            READY_OPS = MethodHandles.lookup().findVarHandle(KeventSelectionKey.class, "readyOps", byte.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int SPREAD = 0x9E3779B9;

    private final KeventSelector selector;

    /**
     * Written by the selecting thread, with release: who gets the key from it sees what it was selected for, and a fence for each event would be the
     * dearest part of it.
     */
    private volatile byte readyOps;

    /** Place in the selected-key set; guarded as that is. */
    int selectedAt = SelectedKeySet.NOWHERE;

    KeventSelectionKey(SelectableChannel channel, KeventSelector selector) {
        super(channel, selector.wakesOne(channel));
        this.selector = selector;
    }

    @Override
    public Knote knote() {
        return this;
    }

    @Override
    protected Looks looks() {
        return selector.looks();
    }

    @Override
    public Selector selector() {
        return selector;
    }

    @Override
    public int interestOps() {
        requireValid();
        return interest();
    }

    @Override
    public SelectionKey interestOps(int ops) {
        requireValid();
        if (!changeQuietly(ops)) {
            KeventOps.requireValid(ops, channel());
            int before;
            do {
                before = word();
            } while (!change(before, ops));
        }
        return this;
    }

    @Override
    public int interestOpsOr(int ops) {
        requireValid();
        KeventOps.requireValid(ops, channel());
        int before;
        do {
            before = word();
        } while (!change(before, KeventOps.requireCompatible(InterestSet.interest(before) | ops)));
        return InterestSet.interest(before);
    }

    @Override
    public int interestOpsAnd(int ops) {
        requireValid();
        int before;
        do {
            before = word();
        } while (!change(before, InterestSet.interest(before) & ops));
        return InterestSet.interest(before);
    }

    /** Returns false if the word was no longer as expected. */
    private boolean change(int before, int ops) {
        if (!changeInterest(before, ops, selector.changes())) {
            return false;
        }
        int gone = InterestSet.interest(before) & ~ops;
        if (gone != 0 && (wakesOne() || (gone & KeventOps.OP_WAKE_ONE) != 0)) {
            // the kernel must stop choosing this selector before the next event, not after it
            selector.carryOutChanges();
        }
        return true;
    }

    @Override
    public void lookAgain() {
        if (offer(selector.changes())) {
            selector.carryOutChanges();
        }
    }

    @Override
    public int readyOps() {
        requireValid();
        return readyOps;
    }

    /** The ready set, of a cancelled key too. */
    int ready() {
        return readyOps;
    }

    void ready(int ops) {
        READY_OPS.setRelease(this, (byte) ops);
    }

    /** The JVM's own hash would have to be made for each key, when it is cancelled, and would cost as much as finding it. */
    @Override
    public int hashCode() {
        return fd() * SPREAD;
    }

    private void requireValid() {
        if (!isValid()) {
            throw new CancelledKeyException();
        }
    }

    @Override
    public String toString() {
        String state = isValid()
                ? "interestOps=" + KeventOps.toString(interest()) + ", readyOps=" + KeventOps.toString(readyOps)
                : "cancelled";
        return "SelectionKey[channel=" + channel() + ", selector=" + selector + ", " + state + "]";
    }
}
