// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.KeventOps;
import java.io.IOException;
import java.util.Arrays;

/**
 * What a collector's turns have found: each knote once, with all its events. The owner takes it knote by knote, and tells of each what became of it, which
 * steers how it stands in the kernel. A batch that is not taken to its end must be given back by {@link #keepRest()}: nothing of it is lost then. For the thread
 * that runs the collector, or holds the owner's lock.
 */
public final class Batch {
    private static final int FIRST_CAPACITY = 64;

    private final Registrations registrations;
    private final ChangeList changes;

    private Knote[] knotes = new Knote[FIRST_CAPACITY];
    private int size;
    private int next;

    Batch(Registrations registrations, ChangeList changes) {
        this.registrations = registrations;
        this.changes = changes;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(Knote knote, int events) {
        if (knote.fresh == 0) {
            if (size == knotes.length) {
                knotes = Arrays.copyOf(knotes, size * 2);
            }
            knotes[size++] = knote;
        }
        knote.fresh |= (byte) events;
    }

    private Knote takeAny() {
        if (next == size) {
            next = 0;
            size = 0;
            return null;
        }
        Knote knote = knotes[next];
        knotes[next++] = null;
        return knote;
    }

    /**
     * Takes the next knote of the batch.
     *
     * @return a knote, whose events {@link #events} gives; null when all are taken
     */
    public Knote take() {
        Knote knote = takeAny();
        while (knote != null && knote.arming == null) {
            // taken out of the kernel since it was found
            knote.fresh = 0;
            knote = takeAny();
        }
        return knote;
    }

    /**
     * What was found of a knote.
     *
     * @param knote the one just taken
     * @return {@link io.kevent.provider.kernel.Events}, to be told what became of them by {@link #report} or {@link #unwanted}
     */
    public int events(Knote knote) {
        return knote.fresh;
    }

    /**
     * The owner is about to be told of the knote just taken: says what, and applies one-shot and dispatch. To be called before the owner's code runs,
     * which may enable the knote anew.
     *
     * @param knote the one just taken
     * @return operations of its interest set; 0 if none is ready, which is for {@link #unwanted} then
     */
    public int report(Knote knote) {
        int events = knote.fresh;
        int operations = knote.deliver(events, changes);
        if (operations != 0) {
            knote.fresh = 0;
            knote.arming.reported(knote, events);
        }
        return operations;
    }

    /**
     * The owner keeps what was found of the knote just taken, to report it later by {@link Knote#deliverParked}. Until it is unparked nothing more is
     * found of it; but edges that the owner asked for are, each of them.
     *
     * @param knote the one just taken
     * @return what was found
     */
    public int park(Knote knote) {
        int events = knote.fresh;
        knote.fresh = 0;
        knote.arming.reported(knote, events);
        if ((knote.interest() & KeventOps.OP_EDGE) == 0) {
            knote.park(changes);
        }
        return events;
    }

    /**
     * The owner is not told of the knote just taken, since no operation that it waits for is ready.
     *
     * @param knote the one just taken
     * @return whether some of the events were waited for nonetheless: the channel's state makes them mean nothing
     * @throws IOException if the kernel refused to be silenced
     */
    public boolean unwanted(Knote knote) throws IOException {
        boolean wereWaitedFor = (knote.fresh & knote.wanted) != 0 && !knote.isQuietlyOff();
        knote.fresh = 0;
        registrations.disquiet(knote);
        knote.arming.unwanted(knote, registrations);
        return wereWaitedFor;
    }

    /** Gives the rest of the batch back: what is still ready of it is found again in the next turn. If there is no memory for that, it stays in the batch. */
    public void keepRest() {
        registrations.suspects().makeRoom(size - next);
        for (Knote knote = take(); knote != null; knote = take()) {
            int events = knote.fresh;
            knote.fresh = 0;
            knote.arming.kept(knote, events, registrations);
        }
    }
}
