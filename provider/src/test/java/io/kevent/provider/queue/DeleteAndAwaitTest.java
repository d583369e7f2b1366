// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.UserKnote;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Deleting a knote, and waiting until no other thread handles it. */
class DeleteAndAwaitTest {
    private final CountDownLatch handling = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private TestQueue events;
    private UserKnote knote;

    @BeforeEach
    void open() throws IOException {
        events = new TestQueue();
        knote = events.queue.user(0, null);
    }

    @AfterEach
    void close() throws IOException {
        mayGoOn.countDown();
        events.close();
    }

    /** A thread that handles an event of the knote until it is told to go on. */
    private Background<Boolean> startHandling() throws Exception {
        knote.trigger();
        Background<Boolean> handler = Background.start(() -> {
            EventBatch own = events.queue.newBatch(4);
            events.queue.take(own);
            assertTrue(own.next());
            handling.countDown();
            mayGoOn.await();
            return own.next();
        });
        assertTrue(handling.await(30, TimeUnit.SECONDS));
        return handler;
    }

    private static void untilWaiting(Background<?> deleting) {
        Background.until("it waits for the handler", () -> deleting.thread().getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void knoteThatNobodyHandlesIsDeletedAtOnce() throws Exception {
        knote.trigger();
        assertTrue(knote.deleteAndAwait(0, TimeUnit.SECONDS));
        assertFalse(knote.isValid());
        events.assertNothing();
    }

    @Test
    void handlerIsWaitedFor() throws Exception {
        Background<Boolean> handler = startHandling();
        Background<Boolean> deleting = Background.start(() -> knote.deleteAndAwait(1, TimeUnit.HOURS));
        untilWaiting(deleting);
        assertFalse(knote.isValid());
        mayGoOn.countDown();
        assertTrue(deleting.result());
        assertFalse(handler.result());
    }

    @Test
    void handlerOfAKnoteThatIsDeletedAlreadyIsWaitedFor() throws Exception {
        startHandling();
        knote.delete();
        Background<Boolean> deleting = Background.start(() -> knote.deleteAndAwait(1, TimeUnit.HOURS));
        untilWaiting(deleting);
        mayGoOn.countDown();
        assertTrue(deleting.result());
    }

    @Test
    void handlerDoesNotWaitForItself() throws Exception {
        knote.trigger();
        events.awaitEventOf(knote);
        assertTrue(knote.deleteAndAwait(1, TimeUnit.HOURS));
    }

    @Test
    void handlerWaitsForTheOtherHandler() throws Exception {
        startHandling();
        knote.trigger();
        events.awaitEventOf(knote);
        assertFalse(knote.deleteAndAwait(1, TimeUnit.MILLISECONDS));
        mayGoOn.countDown();
        assertTrue(knote.deleteAndAwait(1, TimeUnit.HOURS));
    }

    @Test
    void timeMayBeUpBeforeTheHandlerGoesOn() throws Exception {
        startHandling();
        long before = System.nanoTime();
        assertFalse(knote.deleteAndAwait(2, TimeUnit.MILLISECONDS));
        assertTrue(System.nanoTime() - before >= 2_000_000);
        assertFalse(knote.isValid());
    }

    @Test
    void threadThatWaitsForTheHandlerIsInterrupted() throws Exception {
        startHandling();
        Background<Boolean> deleting = Background.start(() -> knote.deleteAndAwait(1, TimeUnit.HOURS));
        untilWaiting(deleting);
        deleting.thread().interrupt();
        assertInstanceOf(InterruptedException.class, deleting.failure());
        assertFalse(knote.isValid());
    }

    @Test
    void eventThatAThreadHasNotComeToIsNotWaitedFor() throws Exception {
        knote.trigger();
        assertEquals(1, events.queue.poll(events.batch));
        assertTrue(Background.start(() -> knote.deleteAndAwait(1, TimeUnit.HOURS)).result());
        assertFalse(events.batch.next());
    }

    @Test
    void handlerThatDiedIsNotWaitedFor() throws Exception {
        knote.trigger();
        assertTrue(Background.start(() -> {
            EventBatch own = events.queue.newBatch(1);
            events.queue.take(own);
            return own.next();
        }).result());
        assertTrue(knote.deleteAndAwait(1, TimeUnit.HOURS));
    }

    @Test
    void handlerOfAnotherKnoteIsNotWaitedFor() throws Exception {
        startHandling();
        assertTrue(events.queue.user(0, null).deleteAndAwait(0, TimeUnit.SECONDS));
    }

    @Test
    void handlerThatTakesAgainHasGoneOn() throws Exception {
        knote.trigger();
        events.awaitEventOf(knote);
        Background<Boolean> deleting = Background.start(() -> knote.deleteAndAwait(1, TimeUnit.HOURS));
        untilWaiting(deleting);
        events.assertNothing();
        assertTrue(deleting.result());
    }
}
