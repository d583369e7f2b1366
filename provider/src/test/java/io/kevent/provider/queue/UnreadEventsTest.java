// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.ChannelKnote;
import io.kevent.EventBatch;
import io.kevent.UserKnote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Events in a batch that its thread does not come to: they are delivered again, or passed over if their knote is gone. */
class UnreadEventsTest {
    private final List<UserKnote> knotes = new ArrayList<>();
    private TestQueue events;

    @BeforeEach
    void open() throws IOException {
        events = new TestQueue();
        for (int i = 0; i < 3; i++) {
            knotes.add(events.queue.user(0, i));
        }
    }

    @AfterEach
    void close() throws IOException {
        events.close();
    }

    private void takeAll() throws Exception {
        knotes.forEach(knote -> knote.trigger(7));
        assertEquals(knotes.size(), events.queue.poll(events.batch));
    }

    @Test
    void eventsThatWereNotComeToAreToldAgainByTheNextTake() throws Exception {
        takeAll();
        assertTrue(events.batch.next());
        Object handled = events.batch.attachment();
        assertEquals(2, events.queue.take(events.batch));
        while (events.batch.next()) {
            assertFalse(handled.equals(events.batch.attachment()));
            assertEquals(7, events.batch.data());
        }
        events.assertNothing();
    }

    @Test
    void eventsThatWereNotComeToAreToldAgainByATakeWithAnotherBatch() throws Exception {
        takeAll();
        assertTrue(events.batch.next());
        assertEquals(2, events.queue.take(events.queue.newBatch(8)));
        assertEquals(0, events.batch.size());
    }

    @Test
    void eventsThatWereNotComeToAreToldToAnotherThreadOnceTheBatchIsCleared() throws Exception {
        takeAll();
        assertTrue(events.batch.next());
        assertEquals(0, events.countForAnother());
        events.batch.clear();
        assertEquals(0, events.batch.size());
        assertFalse(events.batch.next());
        assertEquals(2, events.countForAnother());
    }

    @Test
    void threadThatWaitsIsToldOfWhatIsGivenBack() throws Exception {
        takeAll();
        Background<Integer> other = Background.start(() -> events.queue.take(events.queue.newBatch(8))).untilAsleep();
        events.batch.clear();
        assertEquals(3, other.result());
    }

    @Test
    void eventsOfAThreadThatDiedAreToldAgain() throws Exception {
        knotes.forEach(UserKnote::trigger);
        Background<Integer> dying = Background.start(() -> events.queue.take(events.queue.newBatch(8)));
        assertEquals(3, dying.result());
        assertEquals(3, events.queue.take(events.batch));
    }

    @Test
    void eventThatAThreadHandledWhenItDiedIsNotToldAgain() throws Exception {
        knotes.forEach(UserKnote::trigger);
        Background<Boolean> dying = Background.start(() -> {
            EventBatch own = events.queue.newBatch(8);
            events.queue.take(own);
            return own.next();
        });
        assertTrue(dying.result());
        assertEquals(2, events.queue.take(events.batch));
    }

    @Test
    void threadThatWaitsInTheKernelIsToldOfTheEventsOfOneThatDies() throws Exception {
        knotes.forEach(UserKnote::trigger);
        CountDownLatch mayDie = new CountDownLatch(1);
        Background<Void> dying = Background.start(() -> {
            events.queue.take(events.queue.newBatch(8));
            mayDie.await();
            return null;
        });
        Background.until("all are taken", () -> dying.thread().getState() == Thread.State.WAITING);
        Background<Integer> other = Background.start(() -> events.queue.take(events.batch)).untilWatching();
        mayDie.countDown();
        assertEquals(3, other.result());
    }

    // ---- deleted meanwhile

    @Test
    void eventOfAKnoteThatWasDeletedMeanwhileIsPassedOver() throws Exception {
        takeAll();
        assertTrue(events.batch.next());
        UserKnote first = (UserKnote) events.batch.knote();
        UserKnote deleted = knotes.get(first == knotes.get(1) ? 2 : 1);
        deleted.delete();
        assertTrue(events.batch.next());
        assertFalse(events.batch.knote() == deleted);
        assertFalse(events.batch.next());
    }

    @Test
    void eventOfAKnoteThatWasDeletedMeanwhileIsNotToldAgain() throws Exception {
        takeAll();
        knotes.get(0).delete();
        events.batch.clear();
        assertEquals(2, events.queue.poll(events.batch));
    }

    @Test
    void batchOfDeletedKnotesHasNoNext() throws Exception {
        takeAll();
        knotes.forEach(UserKnote::delete);
        assertEquals(3, events.batch.size());
        assertFalse(events.batch.next());
        assertThrows(RuntimeException.class, events.batch::knote);
    }

    @Test
    void batchOfAQueueThatWasClosedHasNoNext() throws Exception {
        takeAll();
        assertTrue(events.batch.next());
        events.close();
        knotes.forEach(knote -> assertFalse(knote.isValid()));
        assertFalse(events.batch.next());
        events.batch.clear();
        assertEquals(0, events.batch.size());
    }

    // ---- options

    private Pipe readable() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.sink().write(ByteBuffer.allocate(1));
        return pipe;
    }

    private void assertToldAgain(int option) throws Exception {
        Pipe pipe = readable();
        try (Pipe.SinkChannel sink = pipe.sink(); Pipe.SourceChannel source = pipe.source()) {
            assertTrue(sink.isOpen());
            ChannelKnote knote = events.queue.register(source, OP_READ | option, null);
            assertEquals(1, events.queue.take(events.batch));
            events.batch.clear();
            assertEquals(OP_READ, events.awaitEventOf(knote).readyOps());
            events.assertNothing();
        }
    }

    @Test
    void edgeIsToldAgain() throws Exception {
        assertToldAgain(OP_EDGE);
    }

    @Test
    void oneshotIsToldAgain() throws Exception {
        assertToldAgain(OP_ONESHOT);
    }

    @Test
    void dispatchIsToldAgain() throws Exception {
        assertToldAgain(OP_DISPATCH);
    }

    @Test
    void oneshotOfAnOccurrenceIsToldAgain() throws Exception {
        UserKnote knote = events.queue.user(OP_ONESHOT, null);
        knote.trigger(5);
        assertEquals(1, events.queue.poll(events.batch));
        events.batch.clear();
        assertEquals(5, events.awaitEventOf(knote).data());
        assertEquals(0, knote.interestOps());
        events.assertNothing();
    }

    @Test
    void attachmentOfAnEventThatIsToldAgainIsTheOneOfThen() throws Exception {
        UserKnote knote = knotes.get(0);
        knote.trigger();
        assertEquals(1, events.queue.poll(events.batch));
        events.batch.clear();
        Object other = new Object();
        knote.attach(other);
        assertSame(other, events.awaitEventOf(knote).attachment());
    }
}
