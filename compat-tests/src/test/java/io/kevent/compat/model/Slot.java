// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** One channel of a world, with the account of what went through it: from that follows what the kernel must show once it has delivered everything. */
final class Slot {

    enum Kind {
        TCP, UNIX, TCP_LISTENER, UNIX_LISTENER, UDP, SOURCE, SINK;

        boolean isStream() {
            return this == TCP || this == UNIX;
        }

        boolean isListener() {
            return this == TCP_LISTENER || this == UNIX_LISTENER;
        }

        boolean reads() {
            return this != SINK && !isListener();
        }

        boolean writes() {
            return this != SOURCE && !isListener();
        }
    }

    final int number;
    final Kind kind;
    final SelectableChannel channel;

    /** The other end; for a client that has not been accepted yet: null, and {@link #listener} is set. */
    Slot peer;
    Slot listener;
    /** The port that a client's connection comes from. */
    int port;
    /** Of a listener: who waits to be accepted, the oldest first. */
    final Deque<Slot> pending = new ArrayDeque<>();
    /** Bytes (UDP: datagrams) that this end has written and read. */
    long sent;
    long received;
    /** Writes since the other end had last read everything. */
    int pieces;
    /** The other end's and this end's buffers are full: how much went in is the kernel's affair, and differs from world to world. */
    boolean full;
    boolean connecting;
    boolean inputShut;
    boolean outputShut;
    boolean lingerZero;
    /** UDP: a datagram went to a socket that is gone, so an error must come back. */
    boolean errorDue;
    /** What the kernel said last. */
    int mask;

    Slot(int number, Kind kind, SelectableChannel channel) {
        this.number = number;
        this.kind = kind;
        this.channel = channel;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Closed for the kernel too: a channel that is closed while it is registered keeps its descriptor until the last selector lets go. */
    boolean isGone() {
        return !channel.isOpen() && !channel.isRegistered();
    }

    boolean isConnected() {
        return channel instanceof SocketChannel && ((SocketChannel) channel).isConnected();
    }

    /** What the other end has written and this one has not read. */
    long unread() {
        return peer == null ? 0 : peer.sent - received;
    }

    /** What this end has written and the other has not read. */
    long inFlight() {
        return sent - (peer == null ? 0 : peer.received);
    }

    /** Whether what the kernel shows is all that the account lets expect. Pipes and Unix domain sockets deliver within the system call. */
    boolean isSettled() {
        switch (kind) {
            case TCP: return isConnectionSettled();
            case UDP: return (errorDue == ((mask & Kernel.ERR) != 0)) && (unread() == 0 || (mask & Kernel.IN) != 0);
            case TCP_LISTENER:
            case UNIX_LISTENER: return pending.isEmpty() == ((mask & Kernel.IN) == 0);
            default: return true;
        }
    }

    private boolean isConnectionSettled() {
        if (connecting) {
            return (mask & (Kernel.OUT | Kernel.ERR | Kernel.HUP)) != 0;
        }
        if (!isConnected() || (mask & Kernel.HUP) != 0) {
            return true;
        }
        if (mustHangUp() || mustEnd() && (mask & Kernel.RDHUP) == 0 || (full && !outputShut) == ((mask & Kernel.OUT) != 0)) {
            return false;
        }
        return peer == null || peer.full || inputShut || Kernel.available(channel) == unread();
    }

    private boolean mustHangUp() {
        if (peer == null) {
            return listener != null && listener.isGone();
        }
        return peer.isGone() && (peer.lingerZero || peer.unread() > 0);
    }

    /** The other end sends no more, and nothing that it sent before holds up the end of the stream. */
    private boolean mustEnd() {
        return peer != null && !peer.full && (peer.outputShut || peer.isGone());
    }

    /** The account, for messages. */
    String account() {
        return Kernel.toString(mask) + " unread " + unread() + " available " + (kind.reads() ? Kernel.available(channel) : 0) + (full ? " full" : "")
                + (connecting ? " connecting" : "") + (inputShut ? " input shut" : "") + (outputShut ? " output shut" : "")
                + (errorDue ? " error due" : "")
                + (peer == null ? "" : peer.isGone() ? " peer gone" : peer.outputShut ? " peer output shut" : peer.full ? " peer full" : "")
                + (isSettled() ? "" : ": not settled");
    }

    @Override
    public String toString() {
        return "#" + number + " " + kind;
    }
}
