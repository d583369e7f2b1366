// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.ClosedQueueException;
import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.UserKnote;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A queue that is closed, while threads use it and afterwards. */
class ClosedQueueTest {
    private TestQueue events;
    private KeventQueue queue;

    @BeforeEach
    void open() throws IOException {
        events = new TestQueue();
        queue = events.queue;
    }

    @AfterEach
    void close() throws IOException {
        queue.close();
    }

    @Test
    void queueIsOpenUntilItIsClosed() throws Exception {
        assertTrue(queue.isOpen());
        queue.close();
        assertFalse(queue.isOpen());
        queue.close();
    }

    @Test
    void nothingIsTakenFromAClosedQueue() throws Exception {
        queue.user(0, null).trigger();
        queue.close();
        assertThrows(ClosedQueueException.class, () -> queue.take(events.batch));
        assertThrows(ClosedQueueException.class, () -> queue.poll(events.batch));
        assertThrows(ClosedQueueException.class, () -> queue.take(events.batch, 0, 0, 0, TimeUnit.SECONDS));
    }

    @Test
    void nothingIsRegisteredWithAClosedQueue() throws Exception {
        Pipe pipe = Pipe.open();
        try (Pipe.SinkChannel sink = pipe.sink(); Pipe.SourceChannel source = pipe.source()) {
            assertTrue(sink.isOpen());
            source.configureBlocking(false);
            queue.close();
            for (Executable registering : new Executable[] {() -> queue.register(source, OP_READ, null), () -> queue.user(0, null),
                () -> queue.timer(Duration.ZERO, null), () -> queue.timer(Instant.now(), null, 0, null), () -> queue.signal("WINCH", 0, null),
                () -> queue.process(ProcessHandle.current().parent().orElseThrow(), 0, null)}) {
                assertThrows(ClosedQueueException.class, registering);
            }
            assertFalse(source.isRegistered());
        }
    }

    @Test
    void threadThatHandlesAnEventGoesOn() throws Exception {
        UserKnote knote = queue.user(0, "attachment");
        knote.trigger(3);
        EventBatch event = events.awaitEventOf(knote);
        Background.start(() -> {
            queue.close();
            return null;
        }).result();
        assertEquals(3, event.data());
        assertEquals("attachment", event.attachment());
        assertFalse(event.next());
    }

    @Test
    void handlerMayCloseTheQueue() throws Exception {
        queue.user(0, null).trigger();
        events.awaitEvent();
        Background<Integer> waiting = Background.start(() -> queue.take(queue.newBatch(1))).untilAsleep();
        queue.close();
        assertTrue(waiting.failure() instanceof ClosedQueueException);
        assertFalse(events.batch.next());
    }

    @Test
    void queuesThatAreClosedLeaveNothingOpen() throws Exception {
        try (TestQueue first = new TestQueue()) {
            first.assertNothing();
        }
        Remains before = Remains.now();
        for (int i = 0; i < 50; i++) {
            try (TestQueue once = new TestQueue()) {
                new WaitingThreads(once.queue, 2);
            }
        }
        before.assertNothingMore();
    }

    @Test
    void severalThreadsMayCloseIt() throws Exception {
        WaitingThreads threads = new WaitingThreads(queue, 3);
        Background<?>[] closing = new Background<?>[4];
        for (int i = 0; i < closing.length; i++) {
            closing[i] = Background.start(() -> {
                queue.close();
                return null;
            });
        }
        for (Background<?> one : closing) {
            one.result();
        }
        threads.assertSentAway();
    }
}
