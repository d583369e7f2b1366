// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who has to do what: a pair holds one message at most, so that every message is an event of its own, however fast the writer is. Costs two stores per
 * event, for everybody.
 */
final class Ledger {
    private final AtomicIntegerArray pending;
    private final AtomicLong events = new AtomicLong();

    Ledger(int pairs) {
        pending = new AtomicIntegerArray(pairs);
    }

    /** By the writer: whether the pair's message has been read. */
    boolean isFree(int pair) {
        return pending.getAcquire(pair) == 0;
    }

    /** By the writer, before it writes. */
    void written(int pair) {
        pending.setRelease(pair, 1);
    }

    /** By the reader. */
    void read(int pair) {
        pending.setRelease(pair, 0);
        // one thread writes it
        events.lazySet(events.getPlain() + 1);
    }

    long events() {
        return events.get();
    }
}
