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
 */
final class OwnerEdgeArming extends Arming {
    static final OwnerEdgeArming INSTANCE = new OwnerEdgeArming();

    private OwnerEdgeArming() { }

    @Override
    boolean serves(int word) {
        return Interest.has(word, KeventOps.OP_EDGE) && !Interest.has(word, KeventOps.OP_WAKE_ONE);
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

    @Override
    void enter(Knote knote, int wanted, Registrations kernel) throws IOException {
        int fd = knote.fd();
        kernel.engine().add(fd, first(knote, wanted) | Events.EDGE);
        if (second(knote, wanted) != 0) {
            try {
                kernel.writes().add(fd, Events.OUT | Events.EDGE);
            } catch (IOException | RuntimeException | Error e) {
                kernel.engine().remove(fd);
                throw e;
            }
        }
        knote.armed = wanted;
        knote.arming = this;
    }

    @Override
    void change(Knote knote, int wanted, int turnedOn, Registrations kernel) throws IOException {
        int missing = wanted & ~knote.armed;
        if (first(knote, missing) != 0) {
            kernel.engine().modify(knote.fd(), first(knote, knote.armed | missing) | Events.EDGE);
            knote.armed |= first(knote, missing);
        }
        if (second(knote, missing) != 0) {
            kernel.writes().add(knote.fd(), Events.OUT | Events.EDGE);
            knote.armed |= Events.OUT;
        }
        // what was missing is told by the kernel, now that it watches for it
        int recheck = turnedOn & wanted & ~missing;
        if (recheck != 0) {
            knote.ready |= recheck;
            kernel.suspects().add(knote);
        }
        if (wanted != 0) {
            knote.unwanted = 0;
        }
    }

    @Override
    void unwanted(Knote knote, Registrations kernel) throws IOException {
        int idle = knote.armed & ~knote.wanted;
        if (idle == 0 || ++knote.unwanted <= EdgeArming.FULL_PATIENCE) {
            return;
        }
        if (first(knote, idle) != 0) {
            kernel.engine().modify(knote.fd(), first(knote, knote.wanted) | Events.EDGE);
            knote.armed &= ~first(knote, idle);
        }
        if (second(knote, idle) != 0) {
            kernel.writes().remove(knote.fd());
            knote.armed &= ~Events.OUT;
        }
        knote.unwanted = 0;
    }

    @Override
    void leave(Knote knote, Registrations kernel) throws IOException {
        if (second(knote, knote.armed) != 0) {
            kernel.writes().remove(knote.fd());
            knote.armed &= ~Events.OUT;
        }
        super.leave(knote, kernel);
    }

    /** What is told of a connection that the owner has not finished yet (bytes that came with it, buffer space) must not be lost for it. */
    @Override
    void told(Knote knote, int events, Registrations kernel) {
        if (isConnecting(knote.channel())) {
            knote.early = true;
            kernel.suspects().add(knote);
        }
    }

    @Override
    void settle(Knote knote, Registrations kernel) {
        if (knote.early && !isConnecting(knote.channel())) {
            knote.early = false;
            knote.ready |= knote.wanted;
        }
    }

    private static boolean isConnecting(SelectableChannel channel) {
        return channel instanceof SocketChannel && ((SocketChannel) channel).isConnectionPending();
    }

    @Override
    void reported(Knote knote) {
        knote.ready = 0;
    }

    @Override
    void kept(Knote knote, int events, Registrations kernel) {
        knote.ready |= events;
        kernel.suspects().add(knote);
    }

    @Override
    int question(Knote knote) {
        int question = knote.ready & (knote.wanted | Events.UNASKED);
        // to be looked at again though there is nothing to ask yet
        return question == 0 && knote.early ? knote.wanted : question;
    }

    @Override
    void answered(Knote knote, int question, int answer) {
        knote.ready &= ~(question | Events.UNASKED);
    }
}
