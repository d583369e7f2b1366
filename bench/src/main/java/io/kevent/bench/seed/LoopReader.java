// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.bench.jvm.Gate;
import io.kevent.bench.workload.LoopbackPairs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A reader with a loop of its own. */
abstract class LoopReader implements Reader {
    private static final int ROOM = 4096;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM);
    private Ledger ledger;
    private LoopbackPairs pairs;
    private Thread thread;
    private Gate gate;

    @Override
    public final SocketChannel[] open(int count, Ledger counting) throws IOException {
        ledger = counting;
        pairs = new LoopbackPairs(count);
        SocketChannel[] near = new SocketChannel[count];
        SocketChannel[] far = new SocketChannel[count];
        for (int i = 0; i < count; i++) {
            near[i] = pairs.near(i);
            far[i] = pairs.far(i);
        }
        register(near);
        return far;
    }

    @Override
    public final void start(Gate at) {
        gate = at;
        thread = new Thread(() -> {
            try {
                for (;;) {
                    turn();
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, "reader");
        thread.setDaemon(true);
        thread.start();
    }

    abstract void register(SocketChannel[] channels) throws IOException;

    /** One turn of the loop: waits for events and reads. */
    abstract void turn() throws IOException, InterruptedException;

    /** Reads a message, if it is there. One read is enough, with more room than a message needs. */
    final boolean read(SocketChannel channel, int pair) throws IOException {
        buffer.clear();
        if (channel.read(buffer) <= 0) {
            return false;
        }
        ledger.read(pair);
        return true;
    }

    @Override
    public final Thread thread() {
        return thread;
    }

    /** For who waits without sleeping; one thread that takes turns never has to. */
    final void pass() throws InterruptedException {
        if (gate != null) {
            gate.pass();
        }
    }
}
