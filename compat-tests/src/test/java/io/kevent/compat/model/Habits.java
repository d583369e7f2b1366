// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What event loops do with one key again and again. A selector may come to treat a key by the habits that it sees; single steps drawn at random
 * hardly ever keep to one for long enough.
 */
final class Habits {

    private static final int MOST_TURNS = 8;

    private final World world;
    private final SplittableRandom random;
    private final List<Runnable> habits = List.of(this::keyStaysAsItIs, this::interestIsOffWhileAnotherThreadReads,
            this::otherEndStreamsWhileInterestIsOff, this::interestInWritingComesAndGoes, this::answersFillTheBufferUnwatched,
            this::answersLeaveRoomUnwatched, this::wakeupIsHeardOnce, this::interestIsOffAndOnAtOnce);

    // ---- what is being drawn: the key, its selector, the slots of its channel's two ends, the operations that its channel has

    private List<Step> steps;
    private int key;
    private int selector;
    private int own;
    private int other;
    private int read;
    private int readAndWrite;
    private boolean isFirst;

    Habits(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    /** Some turns of a loop that serves a key; none if no channel suits. */
    List<Step> draw() {
        steps = new ArrayList<>();
        Entry entry = suitable();
        if (entry != null) {
            key = entry.number;
            selector = entry.selector;
            own = slotOf(entry.slot);
            other = slotOf(entry.slot.peer);
            read = SelectionKey.OP_READ & entry.slot.channel.validOps();
            readAndWrite = (SelectionKey.OP_READ | SelectionKey.OP_WRITE) & entry.slot.channel.validOps();
            Runnable habit = habits.get(random.nextInt(habits.size()));
            int turns = 1 + random.nextInt(MOST_TURNS);
            for (isFirst = true; turns > 0; turns--, isFirst = false) {
                habit.run();
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

    private void keyStaysAsItIs() {
        write(other);
        select();
        read(own);
    }

    private void interestIsOffWhileAnotherThreadReads() {
        write(other);
        select();
        interest(0);
        if (random.nextBoolean()) {
            select();
        }
        read(own);
        interest(read);
    }

    private void otherEndStreamsWhileInterestIsOff() {
        interest(0);
        write(other);
        select();
        if (random.nextInt(4) == 0) {
            interest(readAndWrite);
            select();
            read(own);
        }
    }

    private void interestInWritingComesAndGoes() {
        interest(readAndWrite);
        select();
        fill(own);
        select();
        interest(random.nextBoolean() ? readAndWrite : read);
        drain(other);
        select();
    }

    private void answersFillTheBufferUnwatched() {
        interest(isFirst ? readAndWrite : read);
        select();
        fill(own);
        drain(other);
        select();
        write(other);
        select();
        read(own);
    }

    private void answersLeaveRoomUnwatched() {
        interest(isFirst ? readAndWrite : read);
        write(own);
        select();
        read(other);
        write(other);
        select();
    }

    private void wakeupIsHeardOnce() {
        int s = selector;
        interest(0);
        add("wakeup " + s, w -> Selecting.wakeup(w, s));
        select();
        add("select " + s + " within 1 ms", w -> Selecting.select(w, s, 1, Selecting.NO_ACTION));
    }

    private void interestIsOffAndOnAtOnce() {
        int number = key;
        write(other);
        add("offAndOn key " + number, w -> Keys.offAndOn(w, number));
        select();
        if (random.nextInt(3) == 0) {
            read(own);
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

    private void interest(int ops) {
        int number = key;
        add("interestOps of key " + number + ": " + ops, w -> Keys.interestOps(w, number, ops));
    }

    private void select() {
        int s = selector;
        add("select " + s + " now", w -> Selecting.select(w, s, Selecting.NOW, Selecting.NO_ACTION));
        if (random.nextInt(4) != 0) {
            add("clearSelected " + s, w -> Keys.clearSelected(w, s));
        }
    }

    private void add(String text, Step.Operation operation) {
        steps.add(new Step(text, operation));
    }
}
