// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.bench.jvm.Gate;
import java.nio.channels.SocketChannel;

/** The side that reads. One thread does all of it. */
interface Reader {

    /** Connects the pairs; each message that is read will be told to the ledger. Returns the ends to write to. */
    SocketChannel[] open(int pairs, Ledger ledger) throws Exception;

    /** Begins to read. What waits without sleeping stands still at the gate. */
    void start(Gate gate);

    /** The thread that reads, after it has begun. */
    Thread thread();
}
