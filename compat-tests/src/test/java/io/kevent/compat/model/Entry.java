// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.nio.channels.SelectionKey;

/** One registration: the same number stands for the twin keys of both worlds. It is the attachment of its key. */
final class Entry {

    final int number;
    final int selector;
    final Slot slot;
    SelectionKey key;

    Entry(int number, int selector, Slot slot) {
        this.number = number;
        this.selector = selector;
        this.slot = slot;
    }

    @Override
    public String toString() {
        return "key " + number + " (channel " + slot + ", selector " + selector + ")";
    }
}
