// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.ChannelKnote;
import io.kevent.ClosedQueueException;
import io.kevent.DeletedKnoteException;
import io.kevent.EventBatch;
import io.kevent.provider.queue.Background;
import io.kevent.provider.queue.Remains;
import io.kevent.provider.queue.TestQueue;
import io.kevent.provider.queue.WaitingThreads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A channel that is closed while a queue watches it: the knote goes with it, and so does the descriptor, which the next channel gets. */
class ChannelCloseTest {
    private static final int ROUNDS = 2_000;

    private TestQueue events;

    @BeforeEach
    void open() throws IOException {
        events = new TestQueue();
    }

    @AfterEach
    void close() throws IOException {
        events.close();
    }

    private static Pipe openPipe() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        return pipe;
    }

    private static void write(Pipe pipe) throws IOException {
        pipe.sink().write(ByteBuffer.allocate(1));
    }

    private static void close(Pipe pipe) throws IOException {
        pipe.source().close();
        pipe.sink().close();
    }

    @Test
    void closingTheChannelDeletesTheKnote() throws Exception {
        Pipe pipe = openPipe();
        ChannelKnote knote = events.queue.register(pipe.source(), OP_READ, null);
        close(pipe);
        assertFalse(knote.isValid());
        assertThrows(DeletedKnoteException.class, knote::enable);
        events.assertNothing();
    }

    @Test
    void eventThatIsPendingIsDropped() throws Exception {
        Pipe pipe = openPipe();
        events.queue.register(pipe.source(), OP_READ, null);
        write(pipe);
        assertEquals(1, events.countForAnother());
        close(pipe);
        events.assertNothing();
    }

    @Test
    void eventThatIsInABatchIsPassedOver() throws Exception {
        Pipe pipe = openPipe();
        events.queue.register(pipe.source(), OP_READ, null);
        write(pipe);
        assertEquals(1, events.queue.take(events.batch));
        close(pipe);
        assertFalse(events.batch.next());
    }

    @Test
    void descriptorIsFreedAtOnce() throws Exception {
        Remains before = Remains.now();
        Pipe pipe = openPipe();
        events.queue.register(pipe.source(), OP_READ, null);
        write(pipe);
        close(pipe);
        before.assertNothingMore();
    }

    @Test
    void descriptorIsFreedAtOnceWhileAThreadWaits() throws Exception {
        Pipe pipe = openPipe();
        WaitingThreads threads = new WaitingThreads(events.queue, 2);
        Remains before = Remains.now();
        Pipe other = openPipe();
        events.queue.register(pipe.source(), OP_READ, null);
        events.queue.register(other.source(), OP_READ, null);
        close(other);
        before.assertNothingMore();
        threads.assertTold(0);
        close(pipe);
    }

    @Test
    void descriptorIsFreedOfAChannelWhoseKnoteWasDeletedBefore() throws Exception {
        Remains before = Remains.now();
        Pipe pipe = openPipe();
        events.queue.register(pipe.source(), OP_READ, null).delete();
        close(pipe);
        before.assertNothingMore();
    }

    @Test
    void descriptorIsFreedOfAChannelThatIsInTwoQueues() throws Exception {
        Remains before = Remains.now();
        try (TestQueue others = new TestQueue()) {
            Pipe pipe = openPipe();
            events.queue.register(pipe.source(), OP_READ, null);
            others.queue.register(pipe.source(), OP_READ, null);
            close(pipe);
            others.assertNothing();
        }
        before.assertNothingMore();
    }

    @Test
    void channelIsLeftOpenByTheClosedQueue() throws Exception {
        Pipe pipe = openPipe();
        events.queue.register(pipe.source(), OP_READ, null);
        events.close();
        assertTrue(pipe.source().isOpen());
        assertFalse(pipe.source().isRegistered());
        pipe.source().configureBlocking(true);
        close(pipe);
    }

    /** Whether a channel was sent something, and whether the queue has told of it. */
    private static final class Traffic {
        private volatile boolean sent;
        private volatile boolean told;
    }

    private Void takeAndCompare() throws Exception {
        EventBatch batch = events.queue.newBatch(4);
        for (;;) {
            events.queue.take(batch);
            while (batch.next()) {
                Traffic traffic = (Traffic) batch.attachment();
                assertTrue(traffic.sent, "told of what was not sent");
                traffic.told = true;
            }
        }
    }

    @Test
    void newChannelOfTheSameDescriptorHearsNothingOfTheOldOne() throws Exception {
        Background<Void> taking = Background.start(this::takeAndCompare).untilWatching();
        for (int i = 0; i < ROUNDS && !taking.isDone(); i++) {
            // the old one is sent something and goes; the new one gets its descriptor and nothing else
            Pipe old = openPipe();
            Traffic toOld = new Traffic();
            events.queue.register(old.source(), OP_READ | OP_EDGE, toOld);
            toOld.sent = true;
            write(old);
            close(old);
            Pipe pipe = openPipe();
            Traffic toNew = new Traffic();
            events.queue.register(pipe.source(), OP_READ | OP_EDGE, toNew);
            if (i % 16 == 0) {
                toNew.sent = true;
                write(pipe);
                Background.until("the new channel is told", () -> toNew.told || taking.isDone());
            }
            close(pipe);
        }
        events.close();
        Throwable end = taking.failure();
        assertInstanceOf(ClosedQueueException.class, end, end::toString);
    }
}
