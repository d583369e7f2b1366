// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.bench.jvm.Gate;
import io.kevent.bench.jvm.Usage;
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
            Usage before = Usage.now();
            Clock start = Clock.now(ledger, reader.thread());
            Thread.sleep(nanos / 1_000_000);
            Clock end = Clock.now(ledger, reader.thread());
            return Clock.ZERO.plus(start, end).switching(Usage.now().since(before).switches());
        } finally {
            gate.shut();
        }
    }
}
