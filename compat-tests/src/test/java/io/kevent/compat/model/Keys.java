// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Iterator;

/** Operations on keys and on the key sets of a selector. */
final class Keys {

    private Keys() { }

    static Object register(World world, int s, int index, int ops) throws IOException {
        Slot slot = world.slots[index];
        if (slot == null) {
            return Step.SKIPPED;
        }
        Selector selector = world.selectors[s];
        SelectionKey before = slot.channel.keyFor(selector);
        Entry entry = before == null ? world.newEntry(s, slot) : (Entry) before.attachment();
        SelectionKey key = slot.channel.register(selector, ops, entry);
        if (before == null) {
            entry.key = key;
            world.entries.add(entry);
        }
        return (key == before ? "the same " : "new ") + entry;
    }

    /** Tries what a channel in blocking mode must refuse, and what a registered channel must. */
    static Object registerBlocking(World world, int s, int index) throws IOException {
        Slot slot = world.open(index);
        if (slot == null) {
            return Step.SKIPPED;
        }
        slot.channel.configureBlocking(true);
        try {
            return register(world, s, index, 0);
        } finally {
            slot.channel.configureBlocking(false);
        }
    }

    static Object interestOps(World world, int number, int ops) {
        Entry entry = world.entry(number);
        return entry == null ? Step.SKIPPED : entry.key.interestOps(ops).interestOps();
    }

    static Object interestOpsOr(World world, int number, int ops) {
        Entry entry = world.entry(number);
        return entry == null ? Step.SKIPPED : entry.key.interestOpsOr(ops);
    }

    static Object interestOpsAnd(World world, int number, int ops) {
        Entry entry = world.entry(number);
        return entry == null ? Step.SKIPPED : entry.key.interestOpsAnd(ops);
    }

    /** What a server does that hands a request to another thread: interest off, and on again before the next select. */
    static Object offAndOn(World world, int number) {
        Entry entry = world.entry(number);
        if (entry == null) {
            return Step.SKIPPED;
        }
        int before = entry.key.interestOps();
        entry.key.interestOps(0);
        entry.key.interestOps(before);
        return before;
    }

    static Object cancel(World world, int number) {
        Entry entry = world.entry(number);
        if (entry == null) {
            return Step.SKIPPED;
        }
        entry.key.cancel();
        return entry.key.isValid();
    }

    static Object clearSelected(World world, int s) {
        world.selectors[s].selectedKeys().clear();
        return "cleared";
    }

    /** Removes a key from its selector's selected keys, through the set or through its iterator. */
    static Object deselect(World world, int number, boolean iterating) {
        Entry entry = world.entry(number);
        if (entry == null) {
            return Step.SKIPPED;
        }
        if (!iterating) {
            return world.selectors[entry.selector].selectedKeys().remove(entry.key);
        }
        for (Iterator<SelectionKey> keys = world.selectors[entry.selector].selectedKeys().iterator(); keys.hasNext(); ) {
            if (keys.next() == entry.key) {
                keys.remove();
                return true;
            }
        }
        return false;
    }

    /** Tries what the key sets must refuse. */
    static Object growSelected(World world, int number) {
        Entry entry = world.entry(number);
        return entry == null ? Step.SKIPPED : world.selectors[entry.selector].selectedKeys().add(entry.key);
    }

    static Object removeFromKeys(World world, int number) {
        Entry entry = world.entry(number);
        return entry == null ? Step.SKIPPED : world.selectors[entry.selector].keys().remove(entry.key);
    }
}
