// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.nio.channels.SelectionKey;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Draws what a step is done to: mostly what makes the step applicable, as the world stands. */
final class Draw {

    final World world;
    final SplittableRandom random;
    /** Some runs have few channels and selectors, where more happens to each. */
    final int slots;
    final int selectors;

    Draw(World world, long seed) {
        this.world = world;
        this.random = new SplittableRandom(seed);
        this.slots = oneIn(3) ? 4 : World.SLOTS;
        this.selectors = 1 + random.nextInt(World.SELECTORS);
    }

    int selector() {
        return random.nextInt(selectors);
    }

    int nextInt(int bound) {
        return random.nextInt(bound);
    }

    int openSlots() {
        int open = 0;
        for (int i = 0; i < slots; i++) {
            open += world.isFree(i) ? 0 : 1;
        }
        return open;
    }

    /** A timeout for a select: waits only where something ends the wait at once, and rarely else. */
    long timeout(int s) {
        if (world.woken[s]) {
            return oneIn(2) ? Selecting.NOW : oneIn(2) ? Selecting.FOREVER : Selecting.LONG;
        }
        if (world.selectors[s].isOpen() && world.isAnythingReady(s)) {
            return oneIn(5) ? 2 : Selecting.NOW;
        }
        return oneIn(25) ? 1 : Selecting.NOW;
    }

    /** An interest set for a channel, one that is refused now and then. */
    int ops(Slot slot) {
        int valid = slot == null ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : slot.channel.validOps();
        if (oneIn(40)) {
            // the options of kevent are bits that the JDK refuses, so they are no invalid operations here
            return valid | (oneIn(2) ? 1 << 1 : 1 << 30) | (oneIn(2) ? SelectionKey.OP_ACCEPT : 0);
        }
        if (oneIn(3)) {
            return valid & random.nextInt(32);
        }
        if (slot != null && slot.connecting && oneIn(2)) {
            return SelectionKey.OP_CONNECT;
        }
        int ops = oneIn(4) ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        return (valid & ops) == 0 ? valid : valid & ops;
    }

    /** A key, most often a valid one. */
    int key() {
        if (world.entries.isEmpty()) {
            return 0;
        }
        Entry entry = world.entries.get(random.nextInt(world.entries.size()));
        for (int i = 0; i < 4 && !entry.key.isValid(); i++) {
            entry = world.entries.get(random.nextInt(world.entries.size()));
        }
        return entry.number;
    }

    /** A slot with an open channel of the wanted kind; any slot where there is none. */
    int slot(Predicate<Slot> wanted) {
        int start = random.nextInt(slots);
        for (int i = 0; i < slots; i++) {
            int index = (start + i) % slots;
            if (world.open(index) != null && wanted.test(world.slots[index])) {
                return index;
            }
        }
        return start;
    }

    /** A slot with no open channel other than a given one; any slot where there is none. */
    int freeSlot(int but) {
        int start = random.nextInt(slots);
        for (int i = 0; i < slots; i++) {
            int index = (start + i) % slots;
            if (index != but && world.isFree(index)) {
                return index;
            }
        }
        return start;
    }

    /** True once in n times. */
    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }
}
