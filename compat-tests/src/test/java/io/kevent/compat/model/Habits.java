// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What event loops do with one key again and again. A selector may come to treat a key by the habits that it sees; single steps drawn at random hardly
 * ever keep to one for long enough.
 */
final class Habits {

    private static final int READ_WRITE = SelectionKey.OP_READ | SelectionKey.OP_WRITE;

    private final World world;
    private final SplittableRandom random;
    private List<Step> steps;

    Habits(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    /** Some turns of a loop that serves a key; none if no channel suits. */
    List<Step> draw() {
        steps = new ArrayList<>();
        Entry entry = suitable();
        if (entry != null) {
            int turns = 1 + random.nextInt(8);
            int kind = random.nextInt(8);
            for (int i = 0; i < turns; i++) {
                turn(kind, i, entry, slotOf(entry.slot), slotOf(entry.slot.peer));
            }
        }
        return steps;
    }

    /** A valid key of a channel whose two ends are open. */
    private Entry suitable() {
        List<Entry> suitable = new ArrayList<>();
        for (Entry entry : world.entries) {
            Slot peer = entry.slot.peer;
            if (entry.key.isValid() && peer != null && entry.slot.isOpen() && peer.isOpen() && slotOf(entry.slot) >= 0 && slotOf(peer) >= 0) {
                suitable.add(entry);
            }
        }
        return suitable.isEmpty() ? null : suitable.get(random.nextInt(suitable.size()));
    }

    private int slotOf(Slot slot) {
        return Arrays.asList(world.slots).indexOf(slot);
    }

    private void turn(int kind, int count, Entry entry, int own, int other) {
        int number = entry.number;
        int s = entry.selector;
        int valid = entry.slot.channel.validOps();
        switch (kind) {
            case 0: // the key stays as it is
                write(other);
                select(s);
                read(own);
                break;
            case 1: // interest goes off while another thread reads, and on again
                write(other);
                select(s);
                interest(number, 0);
                if (random.nextBoolean()) {
                    select(s);
                }
                read(own);
                interest(number, SelectionKey.OP_READ & valid);
                break;
            case 2: // the other end streams into a key whose interest is off
                interest(number, 0);
                write(other);
                select(s);
                if (random.nextInt(4) == 0) {
                    interest(number, READ_WRITE & valid);
                    select(s);
                    read(own);
                }
                break;
            case 3: // write interest only while there is something to write
                interest(number, READ_WRITE & valid);
                select(s);
                fill(own);
                select(s);
                interest(number, (random.nextBoolean() ? READ_WRITE : SelectionKey.OP_READ) & valid);
                drain(other);
                select(s);
                break;
            case 4: // answers that fill the buffer, with only requests waited for
                interest(number, (count == 0 ? READ_WRITE : SelectionKey.OP_READ) & valid);
                select(s);
                fill(own);
                drain(other);
                select(s);
                write(other);
                select(s);
                read(own);
                break;
            case 5: // the same on a channel whose every write makes it writable anew
                interest(number, (count == 0 ? READ_WRITE : SelectionKey.OP_READ) & valid);
                write(own);
                select(s);
                read(other);
                write(other);
                select(s);
                break;
            case 6: // a wakeup that is heard must not be heard again
                interest(number, 0);
                add("wakeup " + s, w -> Selecting.wakeup(w, s));
                select(s);
                add("select " + s + " within 1 ms", w -> Selecting.select(w, s, 1, Selecting.NO_ACTION));
                break;
            default: // off and on again at once
                write(other);
                add("offAndOn key " + number, w -> Keys.offAndOn(w, number));
                select(s);
                if (random.nextInt(3) == 0) {
                    read(own);
                }
        }
    }

    private void write(int slot) {
        int length = 1 + random.nextInt(200);
        add("write " + length + " to " + slot, w -> Traffic.write(w, slot, length));
    }

    private void read(int slot) {
        int most = random.nextInt(3) == 0 ? 1 + random.nextInt(100) : 8192;
        add("read " + most + " from " + slot, w -> Traffic.read(w, slot, most));
    }

    private void fill(int slot) {
        add("fill " + slot, w -> Traffic.fill(w, slot));
    }

    private void drain(int slot) {
        add("drain " + slot, w -> Traffic.drain(w, slot));
    }

    private void interest(int number, int ops) {
        add("interestOps of key " + number + ": " + ops, w -> Keys.interestOps(w, number, ops));
    }

    private void select(int s) {
        add("select " + s + " now", w -> Selecting.select(w, s, Selecting.NOW, Selecting.NO_ACTION));
        if (random.nextInt(4) != 0) {
            add("clearSelected " + s, w -> Keys.clearSelected(w, s));
        }
    }

    private void add(String text, Step.Operation operation) {
        steps.add(new Step(text, operation));
    }
}
