// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Events;
import java.io.IOException;

/**
 * Told once by the kernel, which is silent from then on until it is asked anew; level-triggered towards the owner: best for an interest that goes off with
 * a report while the peer goes on sending, so that an edge would wake the collector for nothing. Going off costs no call, coming back the one by which the
 * kernel tells the present readiness: there is nothing to verify.
 *
 * <p>A knote that comes back again and again is tried as {@link EdgeArming} after a while, which costs less if the peer has become calm. A report that
 * leaves the interest on makes it level-triggered, but not in a queue.
 */
final class OnceArming extends Arming {
    static final OnceArming INSTANCE = new OnceArming();

    /** After so many times of being asked for anew, the knote gets a little patience again. */
    private static final int FORGIVEN_AFTER = 32;

    private OnceArming() { }

    @Override
    boolean serves(int word) {
        return EdgeArming.INSTANCE.serves(word);
    }

    @Override
    void enter(Knote knote, int wanted, Registrations kernel) throws IOException {
        kernel.engine().add(knote.fd(), wanted | Events.ONCE);
        knote.patience = 0;
        stand(knote, wanted);
    }

    @Override
    void takeOver(Knote knote, int wanted, Registrations kernel) throws IOException {
        kernel.engine().modify(knote.fd(), wanted | Events.ONCE);
        knote.arming.leaveWrites(knote, kernel);
        stand(knote, wanted);
    }

    private void stand(Knote knote, int wanted) {
        knote.arming = this;
        knote.armed = (byte) wanted;
        knote.ready = 0;
        knote.unmark(Knote.REPORTED);
    }

    /** Takes over a knote whose interest is off and which the kernel has been told to be silent about. */
    void takeOverSilent(Knote knote) {
        knote.strain = 0;
        stand(knote, 0);
    }

    @Override
    void change(Knote knote, int wanted, int turnedOn, Registrations kernel) throws IOException {
        if (wanted == 0 || wanted == knote.armed) {
            return;
        }
        if (knote.strain + 1 >= FORGIVEN_AFTER) {
            EdgeArming.INSTANCE.takeOver(knote, wanted, kernel);
            knote.patience = 1;
        } else {
            takeOver(knote, wanted, kernel);
            knote.strain++;
        }
    }

    @Override
    void unwanted(Knote knote, Registrations kernel) throws IOException {
        // a change that is under way asks anew
        if (knote.wanted != 0 && !knote.isQueued()) {
            // the channel's state makes the events mean nothing, and the kernel would tell them again as often as it is asked
            EdgeArming.INSTANCE.takeOver(knote, knote.wanted, kernel);
        }
    }

    @Override
    void told(Knote knote, int events, Registrations kernel) {
        // remembered only if the kernel is silent of itself by now, which is more than silenced
        knote.ready = knote.armed == 0 || kernel.doesOwnerPark() ? 0 : (byte) events;
        knote.armed = 0;
        kernel.suspects().add(knote);
    }

    @Override
    void reported(Knote knote, int events) {
        knote.mark(Knote.REPORTED);
    }

    @Override
    void kept(Knote knote, int events, Registrations kernel) {
        knote.armed = 0;
        kernel.suspects().add(knote);
    }

    @Override
    void settle(Knote knote, Registrations kernel) throws IOException {
        if (knote.armed == 0 && knote.wanted != 0) {
            if (knote.is(Knote.REPORTED) && !kernel.doesOwnerPark()) {
                LevelArming.INSTANCE.takeOver(knote, knote.wanted, kernel);
                kernel.leanTowardsLevel();
            } else {
                takeOver(knote, knote.wanted, kernel);
            }
        }
        knote.unmark(Knote.REPORTED);
    }

    /**
     * A channel that is closed needs no call if the kernel has told of it, and so will tell nothing more whatever happens, not even an end or an error: the
     * descriptor's close, which is next, takes it out of the kernel. Should another process have a copy of the descriptor, its number may be used anew here
     * all the same.
     */
    @Override
    void leave(Knote knote, Registrations kernel) throws IOException {
        if (knote.armed != 0 || knote.ready == 0 || knote.channel().isOpen()) {
            super.leave(knote, kernel);
        } else {
            knote.ready = 0;
        }
    }
}
