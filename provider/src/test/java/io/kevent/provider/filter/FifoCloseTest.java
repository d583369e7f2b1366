// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.FifoKnote;
import io.kevent.provider.queue.DeletingThread;
import io.kevent.provider.queue.Remains;
import io.kevent.provider.queue.TestQueue;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

/** Knotes of named pipes that go while they wait for the other end, or open theirs. */
class FifoCloseTest {
    private static final int ROUNDS = 100;

    private TestFifo fifo;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        fifo = new TestFifo();
        // what the JDK opens once for itself must not be counted
        openAndClose(OP_READ, OP_WRITE);
    }

    @AfterEach
    void close() throws IOException {
        fifo.close();
    }

    /** One end alone waits for the other; both open each other. */
    private void openAndClose(int... ends) throws IOException {
        try (TestQueue events = new TestQueue()) {
            for (int end : ends) {
                events.queue.fifo(fifo.path, end, null);
            }
        }
    }

    @Test
    void knoteThatIsDeletedWhileItWaitsForTheOtherEndLeavesNothing() throws Exception {
        try (TestQueue events = new TestQueue()) {
            Remains before = Remains.now();
            for (int i = 0; i < ROUNDS; i++) {
                events.queue.fifo(fifo.path, OP_READ, null).delete();
                events.queue.fifo(fifo.path, OP_WRITE, null).delete();
                before.assertNothingMoreOpen();
            }
            before.assertNothingMore();
        }
    }

    @Test
    void queueThatIsClosedWhileAKnoteWaitsForTheOtherEndLeavesNothing() throws Exception {
        Remains before = Remains.now();
        for (int i = 0; i < ROUNDS; i++) {
            openAndClose(OP_READ);
            before.assertNothingMoreOpen();
        }
        before.assertNothingMore();
    }

    @Test
    void queueThatIsClosedWhileAnotherThreadIsAboutToDeleteAKnoteLeavesNothing() throws Exception {
        Remains before = Remains.now();
        TestQueue events = new TestQueue();
        DeletingThread.begin(events.queue.fifo(fifo.path, OP_READ, null));
        events.close();
        before.assertNothingMoreOpen();
        before.assertNothingMore();
    }

    @Test
    void queueThatIsClosedAfterAnEndWasRegisteredWhileAnotherThreadDeletedItsKnoteLeavesNothing() throws Exception {
        Remains before = Remains.now();
        TestQueue events = new TestQueue();
        FifoKnote deleted = events.queue.fifo(fifo.path, OP_READ, null);
        DeletingThread.begin(deleted);
        assertNotSame(deleted, events.queue.fifo(fifo.path, OP_READ, null));
        events.close();
        before.assertNothingMoreOpen();
        before.assertNothingMore();
    }

    @Test
    void queueThatIsClosedWhileAKnoteOpensItsEndLeavesNothing() throws Exception {
        Remains before = Remains.now();
        for (int i = 0; i < ROUNDS; i++) {
            openAndClose(OP_READ, OP_WRITE);
            before.assertNothingMoreOpen();
        }
        before.assertNothingMore();
    }

    @Test
    void queueThatIsClosedWhileAKnoteOpensItsEndIsNoFailureOfTheThread() throws Exception {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        try {
            Remains before = Remains.now();
            for (int i = 0; i < ROUNDS; i++) {
                openAndClose(OP_READ, OP_WRITE);
            }
            before.assertNothingMore();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(handler);
        }
        assertEquals(List.of(), uncaught);
    }
}
