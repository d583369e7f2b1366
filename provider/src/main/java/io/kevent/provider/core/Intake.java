// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.Events;
import java.io.IOException;

/** Takes in what the kernel told at the end of a wait: what it says of each knote, which then goes into the batch, and whether somebody rang. */
final class Intake {
    private final KnoteTable table;
    private final Engine engine;
    private final Registrations registrations;
    private final Wakeup wakeup;
    private final Batch batch;

    private boolean more;

    Intake(KnoteTable table, Engine engine, Registrations registrations, Wakeup wakeup, Batch batch) {
        this.table = table;
        this.engine = engine;
        this.registrations = registrations;
        this.wakeup = wakeup;
        this.batch = batch;
    }

    /** Takes what the engine has collected. Returns whether somebody has rung the bell who does not know of it. */
    boolean take(int count) throws IOException {
        boolean woken = false;
        more = count == engine.capacity();
        for (int i = 0; i < count; i++) {
            int fd = engine.readyFd(i);
            if (registrations.isWrites(fd)) {
                takeWrites();
            } else if (!told(fd, engine.readyEvents(i))) {
                woken |= wakeup.wasRungByOthers(fd);
            }
        }
        return woken;
    }

    private void takeWrites() throws IOException {
        Engine writes = registrations.writes();
        int count = writes.collect(0);
        for (int i = 0; i < count; i++) {
            // the first engine tells errors and hang-ups
            int events = writes.readyEvents(i) & Events.OUT;
            if (events != 0) {
                told(writes.readyFd(i), events);
            }
        }
    }

    /** Returns whether there is a knote of that descriptor: there is none of the doorbell. */
    private boolean told(int fd, int events) {
        Knote knote = table.get(fd);
        // not armed: a new channel that got the descriptor of one that left after the kernel had told of it
        if (knote != null && knote.arming != null) {
            knote.arming.told(knote, events, registrations);
            if (knote.is(Knote.ENTERED)) {
                // it may be meant for whoever had the descriptor before: to be asked for
                knote.arming.kept(knote, events, registrations);
            } else {
                batch.add(knote, events);
            }
        }
        return knote != null;
    }

    /** What the kernel told is not known, and it will not tell it again: whatever it may have been is asked for. */
    void suspectAll() {
        for (Knote knote : table) {
            if (knote.arming != null) {
                knote.arming.missed(knote, registrations);
            }
        }
    }

    /** Whether the engine may have more that is ready, because it gives only so much at once. */
    boolean hasMore() {
        return more;
    }
}
