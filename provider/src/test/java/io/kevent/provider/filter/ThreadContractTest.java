// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.DeletedKnoteException;
import io.kevent.Knote;
import io.kevent.provider.queue.Remains;
import io.kevent.provider.queue.TestQueue;
import io.kevent.provider.queue.WaitingThreads;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Every kind of source: who of many threads is told, and what is left when the queue is closed. */
class ThreadContractTest extends SourceContract {
    private static final int THREADS = 8;

    private void assertOneIsTold(SourceUnderTest source, int flags) throws Exception {
        register(source, flags);
        WaitingThreads threads = new WaitingThreads(events.queue, THREADS);
        source.happen();
        threads.assertTold(1);
    }

    @ForEachSource
    void dispatchIsToldToOneOfTheThreadsThatWait(SourceUnderTest source) throws Exception {
        assertOneIsTold(source, OP_DISPATCH);
    }

    @ForEachSource
    void edgeIsToldToOneOfTheThreadsThatWait(SourceUnderTest source) throws Exception {
        assertOneIsTold(source, OP_EDGE);
    }

    @ForEachSource
    void threadsThatWaitAreSentAwayByClose(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        WaitingThreads threads = new WaitingThreads(events.queue, THREADS);
        events.close();
        threads.assertSentAway();
        assertFalse(knote.isValid());
        assertThrows(DeletedKnoteException.class, knote::enable);
        assertThrows(DeletedKnoteException.class, knote::interestOps);
    }

    @ForEachSource
    void pendingEventIsDroppedByClose(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        source.happen();
        events.close();
        knote.delete();
        assertFalse(knote.isValid());
    }

    @ForEachSource
    void closedQueueLeavesNothingOpen(SourceUnderTest source) throws Exception {
        register(source, 0).delete();
        Remains before = Remains.now();
        for (int i = 0; i < 3; i++) {
            try (TestQueue once = new TestQueue()) {
                source.register(once.queue, 0, null);
                once.assertNothing();
            }
        }
        before.assertNothingMore();
    }

    @ForEachSource
    void deletedKnoteLeavesNothingOpen(SourceUnderTest source) throws Exception {
        register(source, 0).delete();
        Remains before = Remains.now();
        for (int i = 0; i < 3; i++) {
            register(source, 0).delete();
        }
        before.assertNothingMore();
        assertEquals(0, events.queue.poll(events.batch));
    }
}
