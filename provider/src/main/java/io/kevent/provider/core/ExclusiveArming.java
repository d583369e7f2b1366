// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.KeventOps;
import io.kevent.provider.kernel.Events;
import java.io.IOException;

/**
 * One of several engines that watch a socket, of which an event wakes one ({@link KeventOps#OP_WAKE_ONE}). An engine whose owner does not wait for the
 * event must not be the one: the knote leaves the kernel as soon as its interest goes off. The kernel accepts the exclusive manner only from a
 * descriptor that is added, so that each change is a removal and an addition.
 */
final class ExclusiveArming extends Arming {
    static final ExclusiveArming INSTANCE = new ExclusiveArming();

    private ExclusiveArming() { }

    @Override
    boolean serves(int word) {
        return Interest.has(word, KeventOps.OP_WAKE_ONE);
    }

    private static int manner(Knote knote) {
        return Events.EXCLUSIVE | (Interest.has(knote.interest(), KeventOps.OP_EDGE) ? Events.EDGE : 0);
    }

    private static boolean isEdge(Knote knote) {
        return (knote.armed & Events.EDGE) != 0;
    }

    @Override
    void enter(Knote knote, int wanted, Registrations kernel) throws IOException {
        int events = wanted | manner(knote);
        kernel.engine().add(knote.fd(), events);
        knote.armed = events;
        knote.arming = this;
    }

    @Override
    void change(Knote knote, int wanted, int turnedOn, Registrations kernel) throws IOException {
        if (wanted == 0) {
            leave(knote, kernel);
            knote.arming = null;
        } else if (knote.armed != (wanted | manner(knote))) {
            leave(knote, kernel);
            knote.arming = null;
            enter(knote, wanted, kernel);
        } else if (isEdge(knote) && turnedOn != 0) {
            knote.ready |= turnedOn;
            kernel.suspects().add(knote);
        }
    }

    @Override
    void unwanted(Knote knote, Registrations kernel) throws IOException {
        // a change that is under way, to off perhaps, must find the knote as it is; the kernel tells the events again after it
        if (!isEdge(knote) && knote.wanted != 0 && !knote.isQueued()) {
            // the channel's state makes the events mean nothing, and the kernel would tell them again and again
            leave(knote, kernel);
            knote.arming = null;
            EdgeArming.INSTANCE.enter(knote, knote.wanted, kernel);
        }
    }

    @Override
    void told(Knote knote, int events, Registrations kernel) {
        if (isEdge(knote)) {
            OwnerEdgeArming.INSTANCE.told(knote, events, kernel);
        }
    }

    @Override
    void settle(Knote knote, Registrations kernel) {
        OwnerEdgeArming.INSTANCE.settle(knote, kernel);
    }

    @Override
    void reported(Knote knote) {
        knote.ready = 0;
    }

    @Override
    void kept(Knote knote, int events, Registrations kernel) {
        if (isEdge(knote)) {
            knote.ready |= events;
            kernel.suspects().add(knote);
        }
    }

    @Override
    int question(Knote knote) {
        return OwnerEdgeArming.INSTANCE.question(knote);
    }

    @Override
    void answered(Knote knote, int question, int answer) {
        knote.ready &= ~(question | Events.UNASKED);
    }
}
