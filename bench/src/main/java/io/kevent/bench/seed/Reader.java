// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** The side that reads. One thread does all of it. */
interface Reader {

    /** Connects the pairs; each message that is read will be told to the ledger. Returns the ends to write to. */
    SocketChannel[] open(int pairs, Ledger ledger) throws Exception;

    /** Begins to read, while another thread writes. */
    void start();

    /** Has one message written to each pair by the thread that reads, and reads them all. Returns what the reading took. Not after {@link #start}. */
    Clock inTurn(Writing writing) throws Exception;

    /** Writes one message to each pair. */
    interface Writing {
        void run() throws IOException;
    }

    /** The thread that reads, after it has begun. */
    Thread thread();
}
