// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.KeventOps;
import io.kevent.provider.kernel.Events;
import java.io.IOException;

/**
 * One of several engines that watch a socket, of which an event wakes one ({@link KeventOps#OP_WAKE_ONE}), level-triggered. An engine whose owner does not
 * wait for the event must not be the one: the knote leaves the kernel as soon as its interest goes off. The kernel accepts the exclusive manner only from
 * a descriptor that is added, so that each change is a removal and an addition.
 */
final class ExclusiveArming extends Arming {
    static final ExclusiveArming INSTANCE = new ExclusiveArming();

    private ExclusiveArming() { }

    @Override
    boolean isExclusive() {
        return true;
    }

    @Override
    boolean serves(int word) {
        return Interest.wakesOne(word) && !Interest.has(word, KeventOps.OP_EDGE);
    }

    @Override
    void enter(Knote knote, int wanted, Registrations kernel) throws IOException {
        kernel.engine().add(knote.fd(), wanted | Events.EXCLUSIVE);
        knote.armed = (byte) wanted;
        knote.arming = this;
    }

    @Override
    void change(Knote knote, int wanted, int turnedOn, Registrations kernel) throws IOException {
        if (wanted != knote.armed) {
            enterAnew(knote, wanted, kernel);
        }
    }

    private void enterAnew(Knote knote, int wanted, Registrations kernel) throws IOException {
        leave(knote, kernel);
        knote.arming = null;
        if (wanted != 0) {
            enter(knote, wanted, kernel);
        }
    }

    /** The kernel tells one that is added what is ready, and again as long as it is so. */
    @Override
    void offered(Knote knote, int wanted, Registrations kernel) throws IOException {
        enterAnew(knote, wanted, kernel);
    }

    @Override
    void unwanted(Knote knote, Registrations kernel) throws IOException {
        // a change that is under way, to off perhaps, must find the knote as it is; the kernel tells the events again after it
        if (knote.wanted != 0 && !knote.isQueued()) {
            // the channel's state makes the events mean nothing, and the kernel would tell them again and again
            leave(knote, kernel);
            knote.arming = null;
            try {
                EdgeArming.INSTANCE.enter(knote, knote.wanted, kernel);
            } catch (IOException | RuntimeException | Error e) {
                kernel.enterLater(knote);
                throw e;
            }
        }
    }
}
