// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.KeventOps;
import java.io.IOException;

/**
 * Level-triggered by the kernel, which re-checks the knote inside the call that collects: best for an interest that stays on from turn to turn. An
 * interest that is turned off is left alone in the hope that it is back before anything arrives; if not, the knote becomes edge-triggered.
 */
final class LevelArming extends Arming {
    static final LevelArming INSTANCE = new LevelArming();

    private LevelArming() { }

    @Override
    boolean serves(int word) {
        return !Interest.has(word, KeventOps.OP_EDGE) && !Interest.wakesOne(word);
    }

    @Override
    void enter(Knote knote, int wanted, Registrations kernel) throws IOException {
        kernel.engine().add(knote.fd(), wanted);
        knote.armed = (byte) wanted;
        knote.arming = this;
    }

    @Override
    void takeOver(Knote knote, int wanted, Registrations kernel) throws IOException {
        kernel.engine().modify(knote.fd(), wanted);
        knote.arming.leaveWrites(knote, kernel);
        knote.armed = (byte) wanted;
        knote.ready = 0;
        knote.arming = this;
    }

    @Override
    void change(Knote knote, int wanted, int turnedOn, Registrations kernel) throws IOException {
        if (wanted != 0 && wanted != knote.armed) {
            kernel.engine().modify(knote.fd(), wanted);
            knote.armed = (byte) wanted;
        }
    }

    @Override
    void unwanted(Knote knote, Registrations kernel) throws IOException {
        EdgeArming.INSTANCE.takeOver(knote, knote.armed, kernel);
        kernel.leanTowardsEdge();
    }
}
