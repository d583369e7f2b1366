// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One thread: it writes to all pairs, and then reads by events until it has read from all. Only the reading counts. */
final class InTurns implements Course {
    private final LoopReader reader;
    private final SocketChannel[] ends;
    private final Ledger ledger;
    private final ByteBuffer message = ByteBuffer.allocateDirect(Writer.MESSAGE);

    InTurns(LoopReader reader, SocketChannel[] ends, Ledger ledger) {
        this.reader = reader;
        this.ends = ends;
        this.ledger = ledger;
    }

    @Override
    public Clock run(long nanos) throws Exception {
        long start = System.nanoTime();
        Clock sum = Clock.ZERO;
        while (System.nanoTime() - start < nanos) {
            write();
            Clock before = Clock.now(ledger, Thread.currentThread());
            read();
            sum = sum.plus(before, Clock.now(ledger, Thread.currentThread()));
        }
        return sum;
    }

    private void write() throws Exception {
        for (int pair = 0; pair < ends.length; pair++) {
            ledger.written(pair);
            message.clear();
            ends[pair].write(message);
        }
    }

    private void read() throws Exception {
        long end = ledger.events() + ends.length;
        while (ledger.events() < end) {
            reader.turn();
        }
    }
}
