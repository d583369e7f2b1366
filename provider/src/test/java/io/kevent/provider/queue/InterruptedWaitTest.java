// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.UserKnote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Threads that are interrupted before they wait, or while they do. */
class InterruptedWaitTest {
    private TestQueue events;
    private UserKnote knote;

    @BeforeEach
    void open() throws IOException {
        events = new TestQueue();
        knote = events.queue.user(0, null);
    }

    @AfterEach
    void close() throws IOException {
        events.close();
    }

    private Background<Integer> startTaking() {
        return Background.start(() -> events.queue.take(events.queue.newBatch(4))).untilAsleep();
    }

    private static void interrupt(Background<?> thread) throws Exception {
        thread.thread().interrupt();
        assertInstanceOf(InterruptedException.class, thread.failure());
    }

    @Test
    void threadThatWasInterruptedBeforeDoesNotWait() throws Exception {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> events.queue.take(events.batch));
        assertFalse(Thread.currentThread().isInterrupted());
        knote.trigger();
        events.awaitEventOf(knote);
    }

    @Test
    void threadThatWatchesTheKernelIsInterrupted() throws Exception {
        interrupt(startTaking().untilWatching());
        knote.trigger();
        events.awaitEventOf(knote);
    }

    @Test
    void threadThatIsOnStandbyIsInterrupted() throws Exception {
        Background<Integer> watching = startTaking().untilWatching();
        interrupt(startTaking().untilStandingBy());
        knote.trigger();
        assertEquals(1, watching.result());
    }

    @Test
    void threadThatIsParkedIsInterrupted() throws Exception {
        Background<Integer> watching = startTaking().untilWatching();
        Background<Integer> standing = startTaking().untilStandingBy();
        interrupt(startTaking().untilParked());
        knote.trigger();
        assertEquals(1, standing.result());
        knote.trigger();
        assertEquals(1, watching.result());
    }

    @Test
    void eventWakesTheThreadOnStandbyOnceTheOneThatWatchedIsInterrupted() throws Exception {
        Background<Integer> watching = startTaking().untilWatching();
        Background<Integer> standing = startTaking().untilStandingBy();
        interrupt(watching);
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        events.queue.register(pipe.source(), OP_READ, null);
        pipe.sink().write(ByteBuffer.allocate(1));
        assertEquals(1, standing.result());
        pipe.source().close();
        pipe.sink().close();
    }

    @Test
    void eventsThatAreTooFewForTheThreadAreNotLostWithIt() throws Exception {
        Background<Integer> patient = Background.start(() -> events.queue.take(events.queue.newBatch(4), 2, 4, Long.MAX_VALUE, TimeUnit.DAYS))
                .untilAsleep();
        knote.trigger(5);
        patient.untilAsleep();
        interrupt(patient);
        assertEquals(5, events.awaitEventOf(knote).data());
    }

    @Test
    void threadThatDoesNotWaitIsNotInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        assertEquals(0, events.queue.poll(events.batch));
        assertEquals(0, events.queue.take(events.batch, 1, 1, 0, TimeUnit.SECONDS));
        assertTrue(Thread.interrupted());
    }

    @Test
    void threadWaitsAgainAfterItWasInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Background<Integer> thread = Background.start(() -> {
            assertThrows(InterruptedException.class, () -> events.queue.take(events.queue.newBatch(1)));
            interrupted.countDown();
            return events.queue.take(events.queue.newBatch(1));
        }).untilAsleep();
        thread.thread().interrupt();
        assertTrue(interrupted.await(30, TimeUnit.SECONDS));
        thread.untilAsleep();
        knote.trigger();
        assertEquals(1, thread.result());
    }
}
