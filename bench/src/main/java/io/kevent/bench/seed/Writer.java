// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.bench.jvm.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Writes to pair after pair, and waits where the last message has not been read yet. */
final class Writer implements Runnable {
    static final int MESSAGE = 10;

    private final SocketChannel[] ends;
    private final Ledger ledger;
    private final Gate gate;

    Writer(SocketChannel[] ends, Ledger ledger, Gate gate) {
        this.ends = ends;
        this.ledger = ledger;
        this.gate = gate;
    }

    /** Until the JVM ends. */
    @Override
    public void run() {
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        try {
            for (int pair = 0;; pair = pair + 1 == ends.length ? 0 : pair + 1) {
                for (int spins = 1; !ledger.isFree(pair); spins++) {
                    Spin.pause(spins);
                    gate.pass();
                }
                gate.pass();
                ledger.written(pair);
                message.clear();
                ends[pair].write(message);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
