// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.KeventOps;
import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.Kernel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps the kernel's registrations as the interest of the knotes needs them, in the way that suits each ({@link Arming}). */
final class Registrations {

    /** How far the lean goes, and from where on a new knote follows it. */
    private static final int FULL_LEAN = 8;
    private static final int LEANS = 4;

    /** How much noise is remembered of a knote whose patience ran out, of how many of them at most, and which of the new knotes tries for peace. */
    private static final int NOISE = 8;
    private static final int FULL_NOISE = 2 * NOISE;
    private static final int SCOUT = 16;

    private final Kernel kernel;
    private final Engine engine;
    private final ChangeList changes;
    private final Suspects suspects;
    private final Counter asked;

    /** Opened when first needed. */
    private Engine writes;

    /** What habits this collector's knotes showed lately: positive, their interest goes off and on; negative, it stays on. */
    private int lean;

    /** How much the peers of knotes whose interest was off went on sending lately. */
    private int noise;

    /** How many new knotes have been taken for noisy. */
    private int newNoisy;

    /** Whether the knotes are a queue's. */
    private boolean parks;

    private boolean waiting;

    /** The knotes that came into the kernel during the wait that is under way. */
    private final List<Knote> entered = new ArrayList<>(0);

    Registrations(Kernel kernel, Engine engine, ChangeList changes, Suspects suspects, Counter asked) {
        this.kernel = kernel;
        this.engine = engine;
        this.changes = changes;
        this.suspects = suspects;
        this.asked = asked;
    }

    Engine engine() {
        return engine;
    }

    Suspects suspects() {
        return suspects;
    }

    /** The engine that watches for write readiness of knotes whose owner asked for edges; readable in the first engine when it has something. */
    Engine writes() throws IOException {
        if (writes == null) {
            Engine opened = kernel.openEngine();
            try {
                engine.add(opened.fd(), Events.IN);
            } catch (IOException | RuntimeException | Error e) {
                opened.close();
                throw e;
            }
            writes = opened;
        }
        return writes;
    }

    /** Whether a descriptor that the first engine tells is that of the second. */
    boolean isWrites(int fd) {
        return writes != null && writes.fd() == fd;
    }

    /**
     * A wait begins. What the kernel tells at its end is taken with a grain of salt for a knote that comes into the kernel while it is under way, and is
     * marked for that: it may be meant for one that had the same descriptor before.
     */
    void beginWait() {
        waiting = true;
    }

    /** What the wait has told is taken in. */
    void endWait() {
        waiting = false;
        if (!entered.isEmpty()) {
            entered.forEach(knote -> knote.unmark(Knote.ENTERED));
            entered.clear();
        }
    }

    /** All knotes will go off and on, since each of their events waits until it is reported; and they will do so while a thread waits. */
    void leanFullyTowardsEdge() {
        lean = FULL_LEAN;
        parks = true;
    }

    /** Whether the knotes are a queue's: what the kernel tells may be older than a knote's last change, and of one that is reported it is not to tell. */
    boolean doesOwnerPark() {
        return parks;
    }

    void leanTowardsEdge() {
        lean = Math.min(lean + 1, FULL_LEAN);
    }

    void leanTowardsLevel() {
        lean = Math.max(lean - 1, -FULL_LEAN);
    }

    /** A peer has sent so much in vain that the knote's patience ran out. */
    void leanTowardsNoise() {
        noise = Math.min(noise + NOISE, FULL_NOISE);
    }

    /** An interest was off and nothing came. */
    void leanTowardsPeace() {
        if (noise > 0) {
            noise--;
        }
    }

    /** Carries out what changed in a knote's interest; if the kernel refuses, the knote is queued to be tried again. */
    void apply(Knote knote) throws IOException {
        // not in a queue, where each interest goes off with its report
        carryOut(knote, knote.noteInterest(knote.arming == LevelArming.INSTANCE && !parks));
    }

    /** The kernel has told something of a knote that may have gone off quietly: from here on it is as the owner has it, and changes of it are told. */
    void disquiet(Knote knote) throws IOException {
        int word = knote.noteQuiet();
        if (Interest.has(word, Interest.QUIET)) {
            carryOut(knote, word);
        }
    }

    private void carryOut(Knote knote, int word) throws IOException {
        asked.add(Interest.asked(word));
        int wanted = ChannelKind.events(Interest.enabledOperations(word));
        try {
            if (knote.arming != null && (wanted == 0 || knote.arming.serves(word))) {
                knote.arming.change(knote, wanted, ChannelKind.events(Interest.turnedOn(word)), this);
                if (wanted != 0 && Interest.has(word, Interest.OFFERED)) {
                    knote.arming.offered(knote, wanted, this);
                }
            } else if (wanted != 0) {
                stand(knote, choose(word), wanted);
            }
            knote.wanted = (byte) wanted;
            knote.unmark(Knote.REFUSAL_TOLD);
        } catch (IOException | RuntimeException | Error e) {
            knote.requeue(word, changes);
            throw e;
        }
    }

    private void stand(Knote knote, Arming arming, int wanted) throws IOException {
        if (knote.arming != null && (knote.arming.isExclusive() || arming.isExclusive())) {
            // the kernel neither takes on nor lets go of the exclusive manner otherwise
            knote.arming.leave(knote, this);
            knote.arming = null;
        }
        if (arming.isExclusive()) {
            knote.mark(Knote.WOKE_ONE);
        }
        if (knote.arming == null) {
            arming.enter(knote, wanted, this);
            if (waiting) {
                entered.add(knote);
                knote.mark(Knote.ENTERED);
            }
        } else {
            arming.takeOver(knote, wanted, this);
        }
    }

    private Arming choose(int word) {
        boolean wakesOne = Interest.wakesOne(word);
        if (Interest.has(word, KeventOps.OP_EDGE)) {
            return wakesOne ? OwnerEdgeArming.EXCLUSIVE : OwnerEdgeArming.INSTANCE;
        }
        if (wakesOne) {
            return ExclusiveArming.INSTANCE;
        }
        // an interest that goes off with each report is of the edge-triggered kind from the start
        boolean goesOff = Interest.has(word, KeventOps.OP_ONESHOT | KeventOps.OP_DISPATCH);
        if (!goesOff && lean < LEANS) {
            return LevelArming.INSTANCE;
        }
        return noise >= NOISE && ++newNoisy % SCOUT != 0 ? OnceArming.INSTANCE : EdgeArming.INSTANCE;
    }

    /** A knote could not be brought into the kernel, and its interest says that it should be there: that is tried in the next turn. */
    void enterLater(Knote knote) {
        knote.requeue(knote.word(), changes);
    }

    /** Takes a knote out of the kernel for good. */
    void forget(Knote knote) throws IOException {
        Arming arming = knote.arming;
        knote.arming = null;
        knote.wanted = 0;
        if (arming != null) {
            arming.leave(knote, this);
        }
    }

    /** Takes in a knote that the kernel watches already, level-triggered. */
    void takeIn(Knote knote, int events) {
        knote.arming = LevelArming.INSTANCE;
        knote.armed = (byte) events;
    }

    /** Leaves a knote to whoever comes after: watched level-triggered for what is wanted. Returns for what. */
    int giveOut(Knote knote) throws IOException {
        try {
            if (knote.arming != null && knote.arming != LevelArming.INSTANCE) {
                if (knote.wanted == 0) {
                    forget(knote);
                } else {
                    stand(knote, LevelArming.INSTANCE, knote.wanted);
                }
            }
        } catch (IOException e) {
            forget(knote);
            throw e;
        }
        int watched = knote.arming == null ? 0 : knote.armed;
        knote.arming = null;
        return watched;
    }

    void close() throws IOException {
        if (writes != null) {
            writes.close();
        }
    }
}
