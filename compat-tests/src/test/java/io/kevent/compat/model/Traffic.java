// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;

/**
 * Operations that move bytes and end streams. The byte at each position of a stream follows from the position, so a reader knows what must come.
 */
final class Traffic {

    /** What may be in flight when a buffer is not filled on purpose: so little that every write goes in whole, in both worlds. */
    private static final int MOST_BYTES = 4096;
    private static final int MOST_PIECES = 12;
    private static final int CHUNK = 8192;
    private static final long FULL_LIMIT = 16 << 20;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private Traffic() { }

    static Object write(World world, int index, int length) throws IOException {
        Slot slot = world.open(index);
        if (slot == null || !slot.kind.writes() || slot.full) {
            return Step.SKIPPED;
        }
        boolean udp = slot.kind == Slot.Kind.UDP;
        slot.pieces = slot.inFlight() == 0 ? 0 : slot.pieces;
        if (slot.pieces == MOST_PIECES || !udp && slot.inFlight() + length > MOST_BYTES) {
            return Step.SKIPPED;
        }
        if (udp && length > 0) {
            // whatever comes of it, an exception included, takes the error away that was pending
            slot.errorDue = false;
        }
        int written = write(slot, length);
        if (written != length) {
            throw new AssertionError("wrote " + written + " of " + length + " bytes to " + slot + ", whose buffers are nearly empty");
        }
        slot.pieces++;
        slot.errorDue |= udp && length > 0 && slot.peer.isGone();
        return written;
    }

    static Object read(World world, int index, int most) throws IOException {
        Slot slot = world.open(index);
        return slot == null ? Step.SKIPPED : read(slot, most);
    }

    static Object read(Slot slot, int most) throws IOException {
        if (!slot.kind.reads() || slot.peer != null && slot.peer.full) {
            return Step.SKIPPED;
        }
        slot.errorDue = false;
        return receive(slot, most);
    }

    /** Writes until nothing more goes in. */
    static Object fill(World world, int index) throws IOException {
        Slot slot = world.open(index);
        if (slot == null || slot.full || slot.kind == Slot.Kind.UDP || !slot.kind.writes() || slot.outputShut
                || slot.peer == null || !slot.peer.isOpen() || slot.peer.inputShut || slot.connecting
                || slot.kind == Slot.Kind.TCP && slot.peer.outputShut) {
            // the last: an end that has sent its FIN cannot be made to acknowledge at once
            return Step.SKIPPED;
        }
        long limit = slot.sent + FULL_LIMIT;
        int refusals = 0;
        while (refusals < 2) {
            if (write(slot, CHUNK) > 0) {
                refusals = 0;
            } else {
                acknowledge(slot.peer);
                refusals += (Kernel.poll(slot.channel) & Kernel.OUT) == 0 ? 1 : 0;
            }
            if (slot.sent > limit) {
                throw new AssertionError(slot + " takes bytes without end");
            }
        }
        slot.full = true;
        return "full";
    }

    /** Reads all that the other end has written, or the end of the stream. */
    static Object drain(World world, int index) throws IOException {
        Slot slot = world.open(index);
        if (slot == null || !slot.kind.reads() || slot.kind == Slot.Kind.UDP || slot.peer == null || slot.inputShut || slot.connecting) {
            return Step.SKIPPED;
        }
        long end = System.nanoTime() + PATIENCE;
        try {
            while (slot.unread() > 0) {
                int n = receive(slot, CHUNK);
                if (n < 0) {
                    return "end of stream";
                }
                if (n == 0) {
                    if (System.nanoTime() > end) {
                        throw new AssertionError(slot.unread() + " bytes did not reach " + slot);
                    }
                    LockSupport.parkNanos(1000);
                }
            }
            return "drained";
        } finally {
            slot.peer.full = false;
        }
    }

    static Object shutdownInput(World world, int index) throws IOException {
        Slot slot = world.open(index);
        if (slot == null || !slot.kind.isStream()) {
            return Step.SKIPPED;
        }
        ((SocketChannel) slot.channel).shutdownInput();
        slot.inputShut = true;
        return "shut";
    }

    static Object shutdownOutput(World world, int index) throws IOException {
        Slot slot = world.open(index);
        if (slot == null || !slot.kind.isStream()) {
            return Step.SKIPPED;
        }
        ((SocketChannel) slot.channel).shutdownOutput();
        slot.outputShut = true;
        return "shut";
    }

    /** Closes a channel; a TCP connection with a reset if {@code abruptly}. */
    static Object close(World world, int index, boolean abruptly) throws IOException {
        Slot slot = world.open(index);
        return slot == null ? Step.SKIPPED : close(slot, abruptly);
    }

    static Object close(Slot slot, boolean abruptly) throws IOException {
        if (abruptly && slot.kind == Slot.Kind.TCP) {
            ((SocketChannel) slot.channel).setOption(StandardSocketOptions.SO_LINGER, 0);
            slot.lingerZero = true;
        }
        slot.outputShut |= slot.isConnected() && !slot.lingerZero;
        slot.channel.close();
        return "closed";
    }

    /** Has TCP send the acknowledgement that it would delay, and that would make room in the other end's buffer at some later time. */
    private static void acknowledge(Slot slot) throws IOException {
        if (slot.kind == Slot.Kind.TCP) {
            ((SocketChannel) slot.channel).setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
    }

    private static int write(Slot slot, int length) throws IOException {
        boolean udp = slot.kind == Slot.Kind.UDP;
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (int i = 0; i < length; i++) {
            bytes.put(i, udp ? value(slot, slot.sent) : value(slot, slot.sent + i));
        }
        int written = ((WritableByteChannel) slot.channel).write(bytes);
        // nothing is sent of an empty buffer, no empty datagram either
        slot.sent += udp ? Math.min(written, 1) : written;
        return written;
    }

    private static int receive(Slot slot, int most) throws IOException {
        boolean udp = slot.kind == Slot.Kind.UDP;
        ByteBuffer bytes = ByteBuffer.allocate(most);
        int n = ((ReadableByteChannel) slot.channel).read(bytes);
        for (int i = 0; i < n; i++) {
            if (bytes.get(i) != value(slot.peer, udp ? slot.received : slot.received + i)) {
                throw new AssertionError("wrong byte at position " + (slot.received + i) + " of " + slot);
            }
        }
        slot.received += n <= 0 ? 0 : udp ? 1 : n;
        return n;
    }

    private static byte value(Slot writer, long position) {
        return (byte) (position * 131 + writer.number * 17);
    }
}
