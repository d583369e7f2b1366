// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Compares all that a program can ask of the two worlds, and waits until the kernel has delivered the same to both. */
final class Comparison {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);
    private static final int SPINS = 20;
    private static final int READY_SHIFT = 24;
    private static final int SELECTED = 2;

    private final World reference;
    private final World subject;

    Comparison(World reference, World subject) {
        this.reference = reference;
        this.subject = subject;
    }

    /** The first difference between what keys, key sets and channels of the two worlds say, or null. */
    String difference() {
        for (int s = 0; s < World.SELECTORS; s++) {
            String found = difference("selector " + s, sizes(reference.selectors[s]), sizes(subject.selectors[s]));
            if (found != null) {
                return found;
            }
        }
        String found = difference("the number of keys", reference.entries.size(), subject.entries.size());
        for (int i = 0; found == null && i < reference.entries.size(); i++) {
            found = difference(reference.entries.get(i), subject.entries.get(i));
        }
        for (int i = 0; found == null && i < World.SLOTS; i++) {
            found = difference(reference.slots[i], subject.slots[i], i);
        }
        return found;
    }

    private static Object sizes(Selector selector) {
        return selector.isOpen() ? selector.keys().size() + " keys, " + selector.selectedKeys().size() + " selected" : "closed";
    }

    private String difference(Entry expected, Entry actual) {
        int expectedState = state(reference, expected);
        int actualState = state(subject, actual);
        if (expectedState == actualState) {
            expected.readyIsStale = false;
            expected.readyIsUnknown &= (expectedState & SELECTED) == 0;
            return null;
        }
        boolean onlyReadyDiffers = (expectedState ^ actualState) << Integer.SIZE - READY_SHIFT == 0;
        if (onlyReadyDiffers && expected.readyIsUnknown && (expectedState & SELECTED) == 0) {
            return null;
        }
        if (onlyReadyDiffers && expected.key.readyOps() == 0 && (expected.readyIsStale || expected.isAskingInVain())) {
            // with OP_CONNECT left on, the kernel tells the JDK in each select that the channel is writable; that makes nothing ready, and empties
            // the ready set of a key that is not selected; a selector that does not let itself be told again and again keeps the ready set as it was
            expected.readyIsStale = true;
            return null;
        }
        return difference(expected.toString(), describe(reference, expected), describe(subject, actual));
    }

    /** All that a key says, packed. */
    private static int state(World world, Entry entry) {
        SelectionKey key = entry.key;
        Selector selector = world.selectors[entry.selector];
        int state = (entry.number & 0xFFF) << 10;
        if (key.selector() == selector && selector.isOpen()) {
            state |= (selector.keys().contains(key) ? 1 : 0) | (selector.selectedKeys().contains(key) ? SELECTED : 0);
        }
        state |= key.attachment() == entry && key.channel() == entry.slot.channel ? 4 : 0;
        return key.isValid() ? state | 8 | key.interestOps() << 4 | key.readyOps() << READY_SHIFT : state;
    }

    private static String describe(World world, Entry entry) {
        SelectionKey key = entry.key;
        int state = state(world, entry);
        return ((state & 1) != 0 ? "in keys, " : "not in keys, ") + ((state & SELECTED) != 0 ? "selected, " : "not selected, ")
                + (key.isValid() ? "valid, interest " + key.interestOps() + ", ready " + key.readyOps() : "not valid")
                + ((state & 4) != 0 ? "" : ", wrong attachment or channel");
    }

    private String difference(Slot expected, Slot actual, int index) {
        if (expected == null || actual == null) {
            return difference("slot " + index, expected, actual);
        }
        String what = "channel " + expected;
        String found = difference(what + " open", expected.isOpen(), actual.isOpen());
        found = found != null ? found : difference(what + " registered", expected.channel.isRegistered(), actual.channel.isRegistered());
        for (int s = 0; found == null && s < World.SELECTORS; s++) {
            SelectionKey expectedKey = expected.channel.keyFor(reference.selectors[s]);
            SelectionKey actualKey = actual.channel.keyFor(subject.selectors[s]);
            if (expectedKey != actualKey) {
                found = difference(what + " keyFor selector " + s, number(expectedKey), number(actualKey));
            }
        }
        return found;
    }

    private static Object number(SelectionKey key) {
        return key == null ? null : "key " + ((Entry) key.attachment()).number;
    }

    static String difference(String what, Object expected, Object actual) {
        return Objects.equals(expected, actual) ? null : what + ": expected " + expected + ", but was " + actual;
    }

    /**
     * Looks at all channels until the kernel shows the same in both worlds, and shows all that must come of what was done.
     *
     * @return what stays different or does not come, or null
     */
    String settle() {
        long end = 0;
        for (int looks = 0; ; looks++) {
            String open = unsettled();
            if (open == null) {
                if (looks > 0) {
                    // a moment for the kernel to tell its waiters what it has just begun to show to those who ask
                    LockSupport.parkNanos(50_000);
                }
                return null;
            }
            if (looks == SPINS) {
                end = System.nanoTime() + PATIENCE;
            }
            if (looks < SPINS) {
                Thread.onSpinWait();
            } else if (System.nanoTime() - end > 0) {
                return open;
            } else {
                LockSupport.parkNanos(50_000);
            }
        }
    }

    private String unsettled() {
        String open = null;
        for (int i = 0; i < World.SLOTS; i++) {
            Slot expected = reference.open(i);
            Slot actual = subject.open(i);
            if (expected == null || actual == null) {
                continue;
            }
            expected.mask = Kernel.poll(expected.channel);
            actual.mask = Kernel.poll(actual.channel);
            if (expected.mask != actual.mask || !expected.isSettled() || !actual.isSettled()) {
                open = "the kernel's view of channel " + expected + ": expected " + expected.account() + ", but was " + actual.account();
            }
        }
        return open;
    }

    /** Whether the kernel has delivered something since it was last looked at, so that what two selects have seen proves nothing. */
    boolean isDisturbed() {
        return isDisturbed(reference) || isDisturbed(subject);
    }

    private static boolean isDisturbed(World world) {
        for (Slot slot : world.slots) {
            if (slot != null && slot.isOpen() && Kernel.poll(slot.channel) != slot.mask) {
                return true;
            }
        }
        return false;
    }
}
