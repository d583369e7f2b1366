// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.KeventOps;
import io.kevent.provider.core.KnoteKey;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectionKey;

/** A key whose interest set accepts the options of {@link KeventOps}. */
final class KeventSelectionKey extends AbstractSelectionKey implements KnoteKey {
    private final KeventSelector selector;
    private final KeyKnote knote;

    /** Written by the selecting thread. */
    private volatile int readyOps;

    /** Place in the selected-key set; guarded as that is. */
    int selectedAt = SelectedKeySet.NOWHERE;

    KeventSelectionKey(SelectableChannel channel, KeventSelector selector) {
        this.selector = selector;
        this.knote = new KeyKnote(channel, selector.wakesOne(channel), this);
    }

    @Override
    public KeyKnote knote() {
        return knote;
    }

    @Override
    public SelectableChannel channel() {
        return knote.channel();
    }

    @Override
    public Selector selector() {
        return selector;
    }

    @Override
    public int interestOps() {
        requireValid();
        return knote.interest();
    }

    @Override
    public SelectionKey interestOps(int ops) {
        requireValid();
        KeventOps.requireValid(ops, knote.channel());
        int before;
        do {
            before = knote.interest();
        } while (!change(before, ops));
        return this;
    }

    @Override
    public int interestOpsOr(int ops) {
        requireValid();
        KeventOps.requireValid(ops, knote.channel());
        int before;
        do {
            before = knote.interest();
        } while (!change(before, KeventOps.requireCompatible(before | ops)));
        return before;
    }

    @Override
    public int interestOpsAnd(int ops) {
        requireValid();
        int before;
        do {
            before = knote.interest();
        } while (!change(before, before & ops));
        return before;
    }

    private boolean change(int expected, int ops) {
        boolean changed = knote.changeInterest(expected, ops, selector.changes());
        if (changed && (expected & ~ops) != 0 && (knote.wakesOne() || (expected & KeventOps.OP_WAKE_ONE) != 0)) {
            // the kernel must stop choosing this selector before the next event, not after it
            selector.carryOutChanges();
        }
        return changed;
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
        readyOps = ops;
    }

    private void requireValid() {
        if (!isValid()) {
            throw new CancelledKeyException();
        }
    }

    @Override
    public String toString() {
        String state = isValid()
                ? "interestOps=" + KeventOps.toString(knote.interest()) + ", readyOps=" + KeventOps.toString(readyOps)
                : "cancelled";
        return "SelectionKey[channel=" + knote.channel() + ", selector=" + selector + ", " + state + "]";
    }
}
