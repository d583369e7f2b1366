// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.KeventOps;
import io.kevent.provider.kernel.Events;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * Edge-triggered because the owner asks for it ({@link KeventOps#OP_EDGE}), each operation apart. One registration for both directions would not do: the
 * kernel then tells with each change all that is ready, a write readiness long reported along with the bytes that just came. So a channel of two
 * directions is watched for reading by the collector's engine and for writing by a second one, which the first one watches.
 *
 * <p>The kernel is not told when an operation goes off, and what it tells meanwhile is dropped: an operation that is turned on is asked for anew, which
 * finds what happened while it was off. Hang-up and error are taken from the first registration only, so that they are reported once.
 *
 * <p>With {@link KeventOps#OP_WAKE_ONE} both registrations are exclusive. For these the kernel is told when an operation goes off: see
 * {@link ExclusiveArming}.
 */
final class OwnerEdgeArming extends Arming {
    static final OwnerEdgeArming INSTANCE = new OwnerEdgeArming(Events.EDGE);
    static final OwnerEdgeArming EXCLUSIVE = new OwnerEdgeArming(Events.EDGE | Events.EXCLUSIVE);

    private final int manner;

    private OwnerEdgeArming(int manner) {
        this.manner = manner;
    }

    @Override
    boolean isExclusive() {
        return (manner & Events.EXCLUSIVE) != 0;
    }

    @Override
    boolean serves(int word) {
        return Interest.has(word, KeventOps.OP_EDGE) && Interest.wakesOne(word) == isExclusive();
    }

    private static boolean hasTwoDirections(SelectableChannel channel) {
        int both = SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        return (channel.validOps() & both) == both;
    }

    /** The part of the events that the collector's own engine watches for. */
    private static int first(Knote knote, int events) {
        return hasTwoDirections(knote.channel()) ? events & ~Events.OUT : events;
    }

    /** The part of the events that the second engine watches for. */
    private static int second(Knote knote, int events) {
        return hasTwoDirections(knote.channel()) ? events & Events.OUT : 0;
    }

    /** With readability, whether the end of stream stands behind it; the kernel does not take that together with the exclusive manner. */
    private int asked(int events) {
        return events | manner | ((events & Events.IN) == 0 || isExclusive() ? 0 : Events.RDHUP);
    }

    @Override
    void enter(Knote knote, int wanted, Registrations kernel) throws IOException {
        int fd = knote.fd();
        kernel.engine().add(fd, asked(first(knote, wanted)));
        try {
            watchSecond(knote, 0, second(knote, wanted), kernel);
        } catch (IOException | RuntimeException | Error e) {
            kernel.engine().remove(fd);
            throw e;
        }
        stand(knote, wanted);
    }

    @Override
    void takeOver(Knote knote, int wanted, Registrations kernel) throws IOException {
        watchSecond(knote, 0, second(knote, wanted), kernel);
        try {
            kernel.engine().modify(knote.fd(), asked(first(knote, wanted)));
        } catch (IOException | RuntimeException | Error e) {
            watchSecond(knote, second(knote, wanted), 0, kernel);
            throw e;
        }
        stand(knote, wanted);
    }

    private void stand(Knote knote, int wanted) {
        knote.armed = (byte) wanted;
        knote.ready = 0;
        knote.strain = 0;
        knote.arming = this;
    }

    @Override
    void change(Knote knote, int wanted, int turnedOn, Registrations kernel) throws IOException {
        if (isExclusive() && wanted == 0) {
            leave(knote, kernel);
            knote.arming = null;
            return;
        }
        int missing = wanted & ~knote.armed;
        watch(knote, isExclusive() ? wanted : knote.armed | wanted, kernel);
        // what was missing is told by the kernel, now that it watches for it
        int recheck = turnedOn & wanted & ~missing;
        if (recheck != 0) {
            lookAt(knote, recheck, kernel);
        }
        if (wanted != 0) {
            knote.strain = 0;
        }
    }

    private static void lookAt(Knote knote, int events, Registrations kernel) {
        knote.ready |= (byte) events;
        kernel.suspects().add(knote);
    }

    @Override
    void offered(Knote knote, int wanted, Registrations kernel) {
        lookAt(knote, wanted, kernel);
    }

    @Override
    void unwanted(Knote knote, Registrations kernel) throws IOException {
        // an exclusive one that is not wanted is on its way out
        if (!isExclusive() && (knote.armed & ~knote.wanted) != 0 && ++knote.strain > EdgeArming.FULL_PATIENCE) {
            watch(knote, knote.armed & knote.wanted, kernel);
            knote.strain = 0;
        }
    }

    private void watch(Knote knote, int events, Registrations kernel) throws IOException {
        int first = first(knote, events);
        if (first != first(knote, knote.armed)) {
            if (isExclusive()) {
                addAnew(knote, asked(first), kernel);
            } else {
                kernel.engine().modify(knote.fd(), asked(first));
            }
            knote.armed = (byte) (first | second(knote, knote.armed));
        }
        watchSecond(knote, second(knote, knote.armed), second(knote, events), kernel);
        knote.armed = (byte) events;
    }

    private void addAnew(Knote knote, int asked, Registrations kernel) throws IOException {
        kernel.engine().remove(knote.fd());
        try {
            kernel.engine().add(knote.fd(), asked);
        } catch (IOException | RuntimeException | Error e) {
            // wholly out of the kernel, so that whoever tries again does not take it for watched
            leave(knote, kernel);
            knote.arming = null;
            throw e;
        }
    }

    private void watchSecond(Knote knote, int before, int events, Registrations kernel) throws IOException {
        if (before == 0 && events != 0) {
            kernel.writes().add(knote.fd(), events | manner);
        } else if (before != 0 && events == 0) {
            kernel.writes().remove(knote.fd());
        }
    }

    @Override
    void leave(Knote knote, Registrations kernel) throws IOException {
        leaveWrites(knote, kernel);
        super.leave(knote, kernel);
    }

    @Override
    void leaveWrites(Knote knote, Registrations kernel) throws IOException {
        watchSecond(knote, second(knote, knote.armed), 0, kernel);
        knote.armed = (byte) first(knote, knote.armed);
    }

    /** What is told of a connection that the owner has not finished yet (bytes that came with it, buffer space) must not be lost for it. */
    @Override
    void told(Knote knote, int events, Registrations kernel) {
        if (isConnecting(knote.channel())) {
            knote.mark(Knote.EARLY);
            kernel.suspects().add(knote);
        }
    }

    @Override
    void settle(Knote knote, Registrations kernel) {
        if (knote.is(Knote.EARLY) && !isConnecting(knote.channel())) {
            knote.unmark(Knote.EARLY);
            knote.ready |= knote.wanted;
        }
    }

    private static boolean isConnecting(SelectableChannel channel) {
        return channel instanceof SocketChannel && ((SocketChannel) channel).isConnectionPending();
    }

    /** What was turned on meanwhile is still to be asked for. */
    @Override
    void reported(Knote knote, int events) {
        knote.ready &= (byte) ~events;
    }

    @Override
    void kept(Knote knote, int events, Registrations kernel) {
        knote.ready |= (byte) events;
        kernel.suspects().add(knote);
    }

    @Override
    int question(Knote knote) {
        int question = knote.ready & (knote.wanted | Events.UNASKED);
        // to be looked at again though there is nothing to ask yet
        return question == 0 && knote.is(Knote.EARLY) ? knote.wanted : question;
    }

    @Override
    void answered(Knote knote, int question, int answer) {
        knote.ready &= (byte) ~(question | Events.UNASKED);
    }
}
