// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.nio.channels.SelectionKey;

/** One registration: the same number stands for the twin keys of both worlds. It is the attachment of its key. */
final class Entry {

    final int number;
    final int selector;
    final Slot slot;
    SelectionKey key;
    /** The key's ready set was left as it was by events that make nothing ready: see {@link Comparison}. */
    boolean readyIsStale;
    /** The key's ready set depends on the order in which the last select took the keys: see {@link Sweeping}. */
    boolean readyIsUnknown;

    Entry(int number, int selector, Slot slot) {
        this.number = number;
        this.selector = selector;
        this.slot = slot;
    }

    /** Whether the interest set holds something that the state of the channel rules out, though the kernel may have events for it. */
    boolean isAskingInVain() {
        if (!slot.kind.isStream() || !key.isValid()) {
            return false;
        }
        int possible = slot.isConnected() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : slot.connecting ? SelectionKey.OP_CONNECT : 0;
        return (key.interestOps() & ~possible) != 0;
    }

    @Override
    public String toString() {
        return "key " + number + " (channel " + slot + ", selector " + selector + ")";
    }
}
