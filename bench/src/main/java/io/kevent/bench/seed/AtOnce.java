// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import java.nio.channels.SocketChannel;

/** Two threads: one writes, one reads. */
final class AtOnce implements Course {
    private final Gate gate = new Gate();
    private final Reader reader;
    private final Ledger ledger;

    AtOnce(Reader reader, SocketChannel[] ends, Ledger ledger) {
        this.reader = reader;
        this.ledger = ledger;
        reader.start(gate);
        Thread writer = new Thread(new Writer(ends, ledger, gate), "writer");
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public Clock run(long nanos) throws Exception {
        gate.open();
        try {
            Clock before = Clock.now(ledger, reader.thread());
            Thread.sleep(nanos / 1_000_000);
            return Clock.ZERO.plus(before, Clock.now(ledger, reader.thread()));
        } finally {
            gate.shut();
        }
    }
}
