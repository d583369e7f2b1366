// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.KeventOps;
import io.kevent.provider.kernel.Events;
import java.io.IOException;

/**
 * Edge-triggered by the kernel, level-triggered towards the owner: best for an interest that goes off and on. Going off and on costs no system call. What
 * the kernel has told is kept in {@link Knote#ready}; whether it is still so when the owner waits for it again is asked in one probe for all suspects.
 *
 * <p>Two habits would make this way a loss, and each is noticed:
 * <ul>
 * <li>An interest that stays on after its report would have to be probed in each turn: after some such reports the knote becomes level-triggered. Each
 * time that happens it takes longer, so that a knote of changing habits does not flap. A queue's knote stays as it is and is probed: the kernel would tell it
 * to one thread after the other, until somebody has read.
 * <li>A peer that goes on sending while the interest is off would wake the collector for nothing: past the knote's patience the kernel is told to be
 * silent. Patience grows with each time the interest is off in peace, and shrinks when it runs out; without any left, {@link OnceArming} is the way.
 * </ul>
 */
final class EdgeArming extends Arming {
    static final EdgeArming INSTANCE = new EdgeArming();

    static final byte FULL_PATIENCE = 3;

    private static final int FIRST_SETTLE = 2;
    private static final int SETTLE_STEP = 4;
    private static final int LAST_SETTLE = 64;

    private EdgeArming() { }

    @Override
    boolean serves(int word) {
        return !Interest.has(word, KeventOps.OP_EDGE) && !Interest.wakesOne(word);
    }

    private static int manner(int events) {
        return Events.EDGE | asked(events);
    }

    /** What to ask the kernel for: with readability, all that a reader must know before it may call the channel drained. */
    private static int asked(int events) {
        return (events & Events.IN) == 0 ? events : events | Events.RDHUP | Events.PRI;
    }

    @Override
    void enter(Knote knote, int wanted, Registrations kernel) throws IOException {
        kernel.engine().add(knote.fd(), manner(wanted));
        knote.armed = (byte) wanted;
        knote.arming = this;
    }

    /** The kernel tells the present readiness anew. */
    @Override
    void takeOver(Knote knote, int wanted, Registrations kernel) throws IOException {
        kernel.engine().modify(knote.fd(), manner(wanted));
        knote.arming.leaveWrites(knote, kernel);
        knote.armed = (byte) wanted;
        knote.arming = this;
        knote.ready = 0;
        knote.stays = 0;
        knote.strain = 0;
        knote.unmark(Knote.REPORTED);
    }

    @Override
    void change(Knote knote, int wanted, int turnedOn, Registrations kernel) throws IOException {
        if (wanted == 0) {
            goneOff(knote, kernel);
            return;
        }
        // not if the kernel had to be silenced: that was no peace
        boolean backInPeace = knote.wanted == 0 && knote.armed != 0;
        if ((wanted & ~knote.armed) != 0) {
            watch(knote, knote.armed | wanted, kernel);
        } else if ((knote.ready & (wanted | Events.UNASKED)) != 0) {
            kernel.suspects().add(knote);
        }
        if (backInPeace) {
            backOn(knote, kernel);
        }
    }

    private static void goneOff(Knote knote, Registrations kernel) throws IOException {
        knote.stays = 0;
        knote.unmark(Knote.REPORTED);
        if (knote.patience == 0 && knote.armed != 0) {
            watch(knote, 0, kernel);
            OnceArming.INSTANCE.takeOverSilent(knote);
        }
    }

    private static void backOn(Knote knote, Registrations kernel) {
        if (knote.strain == 0) {
            kernel.leanTowardsPeace();
            if (knote.patience < FULL_PATIENCE) {
                knote.patience++;
            }
        }
        knote.strain = 0;
    }

    @Override
    void unwanted(Knote knote, Registrations kernel) throws IOException {
        if (knote.armed == knote.wanted) {
            // the channel's state makes the events mean nothing; they are not told twice
            return;
        }
        if (knote.strain >= knote.patience) {
            watch(knote, knote.wanted, kernel);
            knote.patience /= 2;
            knote.strain = 0;
            kernel.leanTowardsNoise();
            if (knote.patience == 0 && knote.armed == 0) {
                OnceArming.INSTANCE.takeOverSilent(knote);
            }
        } else {
            knote.strain++;
        }
    }

    /** The kernel tells the present readiness anew, so what it told before is forgotten. */
    private static void watch(Knote knote, int events, Registrations kernel) throws IOException {
        kernel.engine().modify(knote.fd(), manner(events));
        knote.armed = (byte) events;
        knote.ready = 0;
    }

    @Override
    void told(Knote knote, int events, Registrations kernel) {
        knote.told();
        // all that is ready among what is watched, not only what is new
        knote.ready = (byte) events;
        kernel.suspects().add(knote);
    }

    @Override
    void reported(Knote knote, int events) {
        knote.mark(Knote.REPORTED);
        knote.unmark(Knote.NEWS);
    }

    @Override
    void kept(Knote knote, int events, Registrations kernel) {
        knote.mayBeTold();
        knote.ready |= (byte) events;
        kernel.suspects().add(knote);
    }

    /** An end of stream is not known to be absent either: a read that empties the channel from here on would prove nothing. */
    @Override
    void missed(Knote knote, Registrations kernel) {
        kept(knote, asked(knote.armed) | Events.UNASKED, kernel);
    }

    @Override
    void settle(Knote knote, Registrations kernel) throws IOException {
        if (knote.isDrained()) {
            knote.ready &= (byte) ~Events.IN;
        }
        if (!knote.is(Knote.REPORTED) || knote.wanted == 0) {
            return;
        }
        knote.unmark(Knote.REPORTED);
        if (question(knote) == 0 || kernel.doesOwnerPark()) {
            // level-triggered by the kernel it would save nothing; or wake one thread after the other, until the one that has it has read
            return;
        }
        int limit = Math.min(FIRST_SETTLE + SETTLE_STEP * knote.settled, LAST_SETTLE);
        if (++knote.stays >= limit) {
            LevelArming.INSTANCE.takeOver(knote, knote.wanted, kernel);
            knote.stays = 0;
            if (knote.settled < LAST_SETTLE) {
                knote.settled++;
            }
            kernel.leanTowardsLevel();
        }
    }

    @Override
    int question(Knote knote) {
        return (knote.ready & (knote.wanted | Events.UNASKED)) == 0 ? 0 : knote.wanted;
    }

    @Override
    int known(Knote knote) {
        int asked = knote.ready & (knote.wanted | Events.UNASKED);
        return asked == Events.IN && knote.isUnread() ? knote.ready & (Events.IN | Events.RDHUP) : 0;
    }

    @Override
    void answered(Knote knote, int question, int answer) {
        knote.ready = (byte) (knote.ready & ~(question | Events.UNASKED) | answer);
    }
}
