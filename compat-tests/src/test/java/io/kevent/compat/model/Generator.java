// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Draws the next step of a run. What it draws depends on the seed and on the state of one world, which is the state of the other too; most steps are
 * applicable, a few are meant to be refused.
 */
final class Generator {

    private final World world;
    private final Draw draw;
    private final Habits habits;
    private final Deque<Step> drawn = new ArrayDeque<>();
    private final List<Supplier<Step>> choices = new ArrayList<>();
    private final List<Supplier<Step>> openings = new ArrayList<>();

    Generator(World world, long seed) {
        this.world = world;
        this.draw = new Draw(world, seed);
        this.habits = new Habits(world, draw.random);
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
        add(choices, 3, () -> selector("select with an action that throws", Sweeping::throwing));
        add(choices, 1, () -> selector("select with an action that turns all off", Sweeping::turningOff));
        add(choices, 1, () -> selector("select with an action that cancels all", Sweeping::cancelling));
    }

    Step next() {
        if (draw.oneIn(40)) {
            drawn.addAll(habits.draw());
        }
        // now and then something else comes in between
        return drawn.isEmpty() || draw.oneIn(8) ? single() : drawn.poll();
    }

    private Step single() {
        for (int s = 0; s < draw.selectors; s++) {
            int closed = s;
            if (!world.selectors[s].isOpen() && draw.nextInt(4) == 0) {
                return new Step("reopen selector " + s, w -> Selecting.reopen(w, closed));
            }
        }
        return draw.openSlots() < draw.slots / 2 ? open() : pick(choices).get();
    }

    private Step open() {
        return pick(openings).get();
    }

    private Step pair() {
        boolean unix = draw.oneIn(3);
        boolean foreign = draw.oneIn(8);
        return two(name(unix, foreign) + " pair", (w, a, b) -> Opening.pair(w, a, b, unix, foreign));
    }

    private Step udp() {
        boolean foreign = draw.oneIn(8);
        return two(name("udp", foreign) + " pair", (w, a, b) -> Opening.udp(w, a, b, foreign));
    }

    private Step pipe() {
        boolean foreign = draw.oneIn(8);
        return two(name("pipe", foreign), (w, a, b) -> Opening.pipe(w, a, b, foreign));
    }

    private Step two(String what, PairOperation opening) {
        int a = draw.freeSlot(-1);
        int b = draw.freeSlot(a);
        return new Step("open" + what + " in " + a + " and " + b, w -> opening.in(w, a, b));
    }

    private Step listener() {
        boolean unix = draw.oneIn(3);
        boolean foreign = draw.oneIn(8);
        return one(name(unix, foreign) + " listener", (w, a) -> Opening.listener(w, a, unix, foreign));
    }

    private Step unconnected() {
        boolean unix = draw.oneIn(3);
        boolean foreign = draw.oneIn(8);
        return one(" unconnected" + name(unix, foreign), (w, a) -> Opening.unconnected(w, a, unix, foreign));
    }

    private Step one(String what, SlotOperation opening) {
        int a = draw.freeSlot(-1);
        return new Step("open" + what + " in " + a, w -> opening.in(w, a));
    }

    private static String name(boolean unix, boolean foreign) {
        return name(unix ? "unix" : "tcp", foreign);
    }

    private static String name(String kind, boolean foreign) {
        return (foreign ? " foreign " : " ") + kind;
    }

    private Step write() {
        int i = draw.slot(slot -> slot.kind.writes() && (slot.peer != null || slot.listener != null)
                && (!slot.outputShut || draw.oneIn(10)));
        int length = draw.oneIn(6) ? 0 : draw.oneIn(4) ? 1024 : 1 + draw.nextInt(64);
        return new Step("write " + length + " to " + i, w -> Traffic.write(w, i, length));
    }

    private Step read() {
        int i = draw.slot(slot -> slot.kind.reads() && (slot.unread() > 0 || draw.oneIn(4)));
        int most = draw.oneIn(3) ? 1 + draw.nextInt(64) : 8192;
        return new Step("read " + most + " from " + i, w -> Traffic.read(w, i, most));
    }

    private Step connect() {
        int i = draw.slot(slot -> slot.kind.isStream() && slot.peer == null && slot.listener == null);
        int server = draw.oneIn(4) ? -1 : draw.slot(slot -> slot.kind.isListener());
        return new Step("connect " + i + (server < 0 ? " to nobody" : " to listener " + server), w -> Opening.connect(w, i, server));
    }

    private Step accept() {
        int server = draw.slot(slot -> slot.kind.isListener() && (!slot.pending.isEmpty() || draw.oneIn(6)));
        int i = draw.freeSlot(-1);
        return new Step("accept from " + server + " in " + i, w -> Opening.accept(w, server, i));
    }

    private Step close() {
        int i = draw.slot(Slot::isOpen);
        boolean abruptly = draw.oneIn(3);
        return new Step((abruptly ? "reset " : "close ") + i, w -> Traffic.close(w, i, abruptly));
    }

    private Step register() {
        int s = draw.selector();
        int i = draw.oneIn(10) ? draw.nextInt(draw.slots) : draw.slot(Slot::isOpen);
        if (draw.oneIn(40)) {
            return new Step("register blocking " + i + " with selector " + s, w -> Keys.registerBlocking(w, s, i));
        }
        int ops = draw.ops(world.slots[i]);
        return new Step("register " + i + " with selector " + s + " for " + ops, w -> Keys.register(w, s, i, ops));
    }

    private Step interest() {
        int number = draw.key();
        Entry entry = world.entry(number);
        int ops = draw.ops(entry == null ? null : entry.slot);
        switch (draw.nextInt(5)) {
            case 0: return new Step("interestOpsOr of key " + number + ": " + ops, w -> Keys.interestOpsOr(w, number, ops));
            case 1: return new Step("interestOpsAnd of key " + number + ": " + ops, w -> Keys.interestOpsAnd(w, number, ops));
            default: return new Step("interestOps of key " + number + ": " + ops, w -> Keys.interestOps(w, number, ops));
        }
    }

    private Step deselect() {
        int number = draw.key();
        boolean iterating = draw.oneIn(2);
        return new Step("deselect key " + number + (iterating ? " iterating" : ""), w -> Keys.deselect(w, number, iterating));
    }

    private Step refused() {
        return draw.oneIn(2) ? key("add to the selected keys", Keys::growSelected) : key("remove from the keys", Keys::removeFromKeys);
    }

    private Step select() {
        int s = draw.selector();
        long salt = draw.oneIn(4) ? draw.random.nextLong() | 1 : Selecting.NO_ACTION;
        long timeout = draw.timeout(s);
        String text = "select " + s + (timeout == Selecting.NOW ? " now" : timeout == Selecting.FOREVER ? "" : " within " + timeout + " ms")
                + (salt == Selecting.NO_ACTION ? "" : " with action " + salt);
        if (draw.oneIn(50)) {
            long bounded = timeout == Selecting.NOW ? 0 : Selecting.LONG;
            return new Step(text + " interrupted", w -> Selecting.selectInterrupted(w, s, bounded, salt));
        }
        return new Step(text, w -> Selecting.select(w, s, timeout, salt));
    }

    private Step slot(String text, Predicate<Slot> wanted, SlotOperation operation) {
        int i = draw.slot(wanted);
        return new Step(text + " " + i, w -> operation.in(w, i));
    }

    private Step key(String text, SlotOperation operation) {
        int number = draw.key();
        return new Step(text + " key " + number, w -> operation.in(w, number));
    }

    private Step selector(String text, SlotOperation operation) {
        int s = draw.selector();
        return new Step(text + " " + s, w -> operation.in(w, s));
    }

    private Supplier<Step> pick(List<Supplier<Step>> from) {
        return from.get(draw.nextInt(from.size()));
    }

    private static void add(List<Supplier<Step>> to, int weight, Supplier<Step> choice) {
        for (int i = 0; i < weight; i++) {
            to.add(choice);
        }
    }

    private interface SlotOperation {
        Object in(World world, int index) throws IOException;
    }

    private interface PairOperation {
        Object in(World world, int one, int other) throws IOException;
    }
}
