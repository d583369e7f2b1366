// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.Knote;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** A thread that deletes a knote, and is stopped half-way. */
public final class DeletingThread {
    private DeletingThread() { }

    /** Does to the knote what comes first: it is deleted, and nothing is let go of. */
    public static void begin(Knote knote) {
        QueueKnote deleted = (QueueKnote) knote;
        deleted.dispatcher().lock();
        try {
            deleted.deleteLocked();
            assertTrue(deleted.isDeleted());
        } finally {
            deleted.dispatcher().unlock();
        }
    }
}
