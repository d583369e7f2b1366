// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Draws the next step of a run. What it draws depends on the seed and on the state of one world, which is the state of the other too; most steps are
 * applicable, a few are meant to be refused.
 */
final class Generator {

    private static final int FEW = 5;

    private final World world;
    private final SplittableRandom random;
    private final List<Supplier<Step>> choices = new ArrayList<>();
    private final List<Supplier<Step>> openings = new ArrayList<>();

    Generator(World world, long seed) {
        this.world = world;
        this.random = new SplittableRandom(seed);
        add(openings, 6, this::pair);
        add(openings, 3, this::listener);
        add(openings, 2, this::unconnected);
        add(openings, 2, this::udp);
        add(openings, 2, this::pipe);
        add(choices, 20, this::open);
        add(choices, 30, this::write);
        add(choices, 22, this::read);
        add(choices, 3, () -> slot("fill", slot -> slot.kind.writes(), Traffic::fill));
        add(choices, 6, () -> slot("drain", slot -> slot.peer != null && slot.peer.full, Traffic::drain));
        add(choices, 10, this::connect);
        add(choices, 8, () -> slot("finishConnect", slot -> slot.connecting, Opening::finishConnect));
        add(choices, 10, this::accept);
        add(choices, 3, () -> slot("shutdownOutput", slot -> slot.isConnected() && !slot.outputShut, Traffic::shutdownOutput));
        add(choices, 2, () -> slot("shutdownInput", slot -> slot.isConnected() && !slot.inputShut, Traffic::shutdownInput));
        add(choices, 9, this::close);
        add(choices, 40, this::register);
        add(choices, 35, this::interest);
        add(choices, 12, () -> key("offAndOn", Keys::offAndOn));
        add(choices, 8, () -> key("cancel", Keys::cancel));
        add(choices, 5, this::deselect);
        add(choices, 2, this::refused);
        add(choices, 25, () -> selector("clearSelected", Keys::clearSelected));
        add(choices, 8, () -> selector("wakeup", Selecting::wakeup));
        add(choices, 1, () -> selector("close selector", Selecting::close));
        add(choices, 60, this::select);
    }

    Step next() {
        for (int s = 0; s < World.SELECTORS; s++) {
            int closed = s;
            if (!world.selectors[s].isOpen() && random.nextInt(4) == 0) {
                return new Step("reopen selector " + s, w -> Selecting.reopen(w, closed));
            }
        }
        int open = 0;
        for (int i = 0; i < World.SLOTS; i++) {
            open += world.isFree(i) ? 0 : 1;
        }
        return open < FEW ? open() : pick(choices).get();
    }

    private Step open() {
        return pick(openings).get();
    }

    private Step pair() {
        int a = freeSlot(-1);
        int b = freeSlot(a);
        boolean unix = oneIn(3);
        boolean foreign = oneIn(8);
        return new Step("open" + name(unix, foreign) + " pair in " + a + " and " + b, w -> Opening.pair(w, a, b, unix, foreign));
    }

    private Step listener() {
        int a = freeSlot(-1);
        boolean unix = oneIn(3);
        boolean foreign = oneIn(8);
        return new Step("open" + name(unix, foreign) + " listener in " + a, w -> Opening.listener(w, a, unix, foreign));
    }

    private Step unconnected() {
        int a = freeSlot(-1);
        boolean unix = oneIn(3);
        boolean foreign = oneIn(8);
        return new Step("open unconnected" + name(unix, foreign) + " in " + a, w -> Opening.unconnected(w, a, unix, foreign));
    }

    private Step udp() {
        int a = freeSlot(-1);
        int b = freeSlot(a);
        boolean foreign = oneIn(8);
        return new Step("open" + name("udp", foreign) + " pair in " + a + " and " + b, w -> Opening.udp(w, a, b, foreign));
    }

    private Step pipe() {
        int a = freeSlot(-1);
        int b = freeSlot(a);
        boolean foreign = oneIn(8);
        return new Step("open" + name("pipe", foreign) + " in " + a + " and " + b, w -> Opening.pipe(w, a, b, foreign));
    }

    private static String name(boolean unix, boolean foreign) {
        return name(unix ? "unix" : "tcp", foreign);
    }

    private static String name(String kind, boolean foreign) {
        return (foreign ? " foreign " : " ") + kind;
    }

    private Step write() {
        int i = slotWhere(slot -> slot.kind.writes() && (slot.peer != null || slot.listener != null)
                && (!slot.outputShut || oneIn(10)));
        int length = oneIn(6) ? 0 : oneIn(4) ? 1024 : 1 + random.nextInt(64);
        return new Step("write " + length + " to " + i, w -> Traffic.write(w, i, length));
    }

    private Step read() {
        int i = slotWhere(slot -> slot.kind.reads() && (slot.unread() > 0 || oneIn(4)));
        int most = oneIn(3) ? 1 + random.nextInt(64) : 8192;
        return new Step("read " + most + " from " + i, w -> Traffic.read(w, i, most));
    }

    private Step connect() {
        int i = slotWhere(slot -> slot.kind.isStream() && slot.peer == null && slot.listener == null);
        int server = oneIn(4) ? -1 : slotWhere(slot -> slot.kind.isListener());
        return new Step("connect " + i + (server < 0 ? " to nobody" : " to listener " + server), w -> Opening.connect(w, i, server));
    }

    private Step accept() {
        int server = slotWhere(slot -> slot.kind.isListener() && (!slot.pending.isEmpty() || oneIn(6)));
        int i = freeSlot(-1);
        return new Step("accept from " + server + " in " + i, w -> Opening.accept(w, server, i));
    }

    private Step close() {
        int i = slotWhere(Slot::isOpen);
        boolean abruptly = oneIn(3);
        return new Step((abruptly ? "reset " : "close ") + i, w -> Traffic.close(w, i, abruptly));
    }

    private Step register() {
        int s = random.nextInt(World.SELECTORS);
        int i = oneIn(10) ? random.nextInt(World.SLOTS) : slotWhere(Slot::isOpen);
        if (oneIn(40)) {
            return new Step("register blocking " + i + " with selector " + s, w -> Keys.registerBlocking(w, s, i));
        }
        int ops = ops(world.slots[i]);
        return new Step("register " + i + " with selector " + s + " for " + ops, w -> Keys.register(w, s, i, ops));
    }

    private Step interest() {
        int number = keyNumber();
        Entry entry = world.entry(number);
        int ops = ops(entry == null ? null : entry.slot);
        switch (random.nextInt(5)) {
            case 0: return new Step("interestOpsOr of key " + number + ": " + ops, w -> Keys.interestOpsOr(w, number, ops));
            case 1: return new Step("interestOpsAnd of key " + number + ": " + ops, w -> Keys.interestOpsAnd(w, number, ops));
            default: return new Step("interestOps of key " + number + ": " + ops, w -> Keys.interestOps(w, number, ops));
        }
    }

    private Step deselect() {
        int number = keyNumber();
        boolean iterating = oneIn(2);
        return new Step("deselect key " + number + (iterating ? " iterating" : ""), w -> Keys.deselect(w, number, iterating));
    }

    private Step refused() {
        return oneIn(2) ? key("add to the selected keys", Keys::growSelected) : key("remove from the keys", Keys::removeFromKeys);
    }

    private Step select() {
        int s = random.nextInt(World.SELECTORS);
        long salt = oneIn(4) ? random.nextLong() | 1 : Selecting.NO_ACTION;
        long timeout = timeout(s);
        String text = "select " + s + (timeout == Selecting.NOW ? " now" : timeout == Selecting.FOREVER ? "" : " within " + timeout + " ms")
                + (salt == Selecting.NO_ACTION ? "" : " with action " + salt);
        if (oneIn(50)) {
            long bounded = timeout == Selecting.NOW ? 0 : Selecting.LONG;
            return new Step(text + " interrupted", w -> Selecting.selectInterrupted(w, s, bounded, salt));
        }
        return new Step(text, w -> Selecting.select(w, s, timeout, salt));
    }

    /** Waits only where something ends the wait at once, and rarely else. */
    private long timeout(int s) {
        if (world.woken[s]) {
            return oneIn(2) ? Selecting.NOW : oneIn(2) ? Selecting.FOREVER : Selecting.LONG;
        }
        if (world.selectors[s].isOpen() && world.isAnythingReady(s)) {
            return oneIn(5) ? 2 : Selecting.NOW;
        }
        return oneIn(60) ? 1 : Selecting.NOW;
    }

    private int ops(Slot slot) {
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

    private Step slot(String text, Predicate<Slot> wanted, SlotOperation operation) {
        int i = slotWhere(wanted);
        return new Step(text + " " + i, w -> operation.in(w, i));
    }

    private Step key(String text, SlotOperation operation) {
        int number = keyNumber();
        return new Step(text + " key " + number, w -> operation.in(w, number));
    }

    private Step selector(String text, SlotOperation operation) {
        int s = random.nextInt(World.SELECTORS);
        return new Step(text + " " + s, w -> operation.in(w, s));
    }

    private int keyNumber() {
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
    private int slotWhere(Predicate<Slot> wanted) {
        int start = random.nextInt(World.SLOTS);
        for (int i = 0; i < World.SLOTS; i++) {
            int index = (start + i) % World.SLOTS;
            if (world.open(index) != null && wanted.test(world.slots[index])) {
                return index;
            }
        }
        return start;
    }

    private int freeSlot(int but) {
        int start = random.nextInt(World.SLOTS);
        for (int i = 0; i < World.SLOTS; i++) {
            int index = (start + i) % World.SLOTS;
            if (index != but && world.isFree(index)) {
                return index;
            }
        }
        return start;
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private Supplier<Step> pick(List<Supplier<Step>> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static void add(List<Supplier<Step>> to, int weight, Supplier<Step> choice) {
        for (int i = 0; i < weight; i++) {
            to.add(choice);
        }
    }

    private interface SlotOperation {
        Object in(World world, int index) throws IOException;
    }
}
