// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.UserKnote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Taking: how many events, and how long a thread waits for them. */
class TakeTest {
    private static final int CAPACITY = 8;
    private static final long FOREVER = Long.MAX_VALUE;

    private final List<UserKnote> knotes = new ArrayList<>();
    private TestQueue events;
    private EventBatch batch;

    @BeforeEach
    void open() throws IOException {
        events = new TestQueue();
        batch = events.queue.newBatch(CAPACITY);
        for (int i = 0; i < CAPACITY + 2; i++) {
            knotes.add(events.queue.user(0, i));
        }
    }

    @AfterEach
    void close() throws IOException {
        events.close();
    }

    private int take(int min, int max, long nanos) throws Exception {
        return events.queue.take(batch, min, max, nanos, TimeUnit.NANOSECONDS);
    }

    private void readAll() {
        while (batch.next()) {
            assertTrue(batch.size() > 0);
        }
    }

    private void trigger(int count) {
        knotes.subList(0, count).forEach(UserKnote::trigger);
    }

    @Test
    void timeThatIsUpAtOnceFindsWhatTheKernelHas() throws Exception {
        Pipe pipe = Pipe.open();
        try (Pipe.SinkChannel sink = pipe.sink(); Pipe.SourceChannel source = pipe.source()) {
            source.configureBlocking(false);
            events.queue.register(source, SelectionKey.OP_READ, null);
            sink.write(ByteBuffer.allocate(1));
            assertEquals(1, take(1, CAPACITY, 1));
        }
    }

    // ---- max

    @Test
    void noMoreThanTheMaximumAreTaken() throws Exception {
        trigger(5);
        assertEquals(3, take(1, 3, FOREVER));
        readAll();
        assertEquals(2, take(1, 3, FOREVER));
    }

    @Test
    void noMoreThanTheBatchHoldsAreTaken() throws Exception {
        trigger(CAPACITY + 2);
        assertEquals(CAPACITY, events.queue.take(batch));
        readAll();
        assertEquals(2, events.queue.take(batch));
    }

    @Test
    void maximumOfZeroReturnsAtOnce() throws Exception {
        trigger(1);
        assertEquals(0, take(0, 0, FOREVER));
        assertFalse(batch.next());
        assertEquals(1, take(1, 1, FOREVER));
    }

    @Test
    void maximumOfZeroEndsTheHandlingOfTheCurrentEventAndGivesBackTheOthers() throws Exception {
        trigger(2);
        assertEquals(2, take(2, 2, FOREVER));
        assertTrue(batch.next());
        assertEquals(0, take(0, 0, 0));
        assertEquals(0, batch.size());
        assertEquals(1, events.queue.poll(batch));
    }

    // ---- min

    @Test
    void asManyAsThereAreAreTakenOnceTheMinimumIsThere() throws Exception {
        trigger(5);
        assertEquals(5, take(2, CAPACITY, FOREVER));
    }

    @Test
    void threadWaitsUntilTheMinimumIsThere() throws Exception {
        Background<Integer> taking = Background.start(() -> take(3, CAPACITY, FOREVER)).untilAsleep();
        knotes.get(0).trigger();
        knotes.get(1).trigger();
        taking.untilAsleep();
        assertFalse(taking.isDone());
        knotes.get(2).trigger();
        assertEquals(3, taking.result());
    }

    @Test
    void threadWaitsUntilTheMinimumIsThereWhicheverWayEventsCome() throws Exception {
        Background<Integer> taking = Background.start(() -> take(3, CAPACITY, FOREVER)).untilAsleep();
        events.queue.timer(Duration.ofMillis(1), null);
        events.queue.timer(Duration.ofMillis(2), null);
        knotes.get(0).trigger();
        assertEquals(3, taking.result());
    }

    @Test
    void whatIsThereIsTakenWhenTheTimeIsUpBeforeTheMinimum() throws Exception {
        trigger(2);
        long before = System.nanoTime();
        assertEquals(2, take(3, CAPACITY, 5_000_000));
        assertTrue(System.nanoTime() - before >= 5_000_000);
    }

    @Test
    void threadThatWaitsForMoreLeavesItsEventsToOneThatTheyAreEnoughFor() throws Exception {
        Background<Integer> patient = Background.start(() -> take(3, CAPACITY, FOREVER)).untilAsleep();
        trigger(2);
        assertEquals(2, events.queue.take(events.batch));
        trigger(3);
        assertEquals(3, patient.result());
    }

    @Test
    void oneThatOneEventIsEnoughForIsCalledBeforeOneThatWaitsForMore() throws Exception {
        Background<Boolean> modest = Background.start(() -> events.queue.take(events.batch) == 1 && events.batch.next()).untilAsleep();
        Background<Integer> patient = Background.start(() -> take(2, CAPACITY, FOREVER)).untilAsleep();
        knotes.get(0).trigger();
        assertTrue(modest.result());
        knotes.get(1).trigger();
        knotes.get(2).trigger();
        assertEquals(2, patient.result());
    }

    // ---- the time

    @Test
    void minimumOfZeroDoesNotWait() throws Exception {
        assertEquals(0, take(0, CAPACITY, FOREVER));
        trigger(2);
        assertEquals(2, take(0, CAPACITY, FOREVER));
    }

    @Test
    void timeoutOfZeroDoesNotWait() throws Exception {
        assertEquals(0, take(1, CAPACITY, 0));
        trigger(2);
        assertEquals(2, take(CAPACITY, CAPACITY, 0));
    }

    @Test
    void pollDoesNotWait() throws Exception {
        assertEquals(0, events.queue.poll(batch));
        trigger(2);
        assertEquals(2, events.queue.poll(batch));
    }

    @Test
    void timeoutIsNotUpEarly() throws Exception {
        for (long nanos : new long[] {1, 100_000, 1_000_001, 10_000_000}) {
            long before = System.nanoTime();
            assertEquals(0, take(1, CAPACITY, nanos));
            assertTrue(System.nanoTime() - before >= nanos, () -> nanos + " ns");
        }
    }

    @Test
    void timeoutOfAThreadThatIsParkedIsNotUpEarly() throws Exception {
        Background<Integer> watching = Background.start(() -> events.queue.take(events.batch)).untilWatching();
        long before = System.nanoTime();
        assertEquals(0, take(1, CAPACITY, 10_000_000));
        assertTrue(System.nanoTime() - before >= 10_000_000);
        knotes.get(0).trigger();
        assertEquals(1, watching.result());
    }

    @Test
    void unitOfTheTimeoutIsHeeded() throws Exception {
        long before = System.nanoTime();
        assertEquals(0, events.queue.take(batch, 1, 1, 3, TimeUnit.MILLISECONDS));
        assertTrue(System.nanoTime() - before >= 3_000_000);
    }

    @Test
    void longestTimeoutOfAnyUnitIsWithoutABound() throws Exception {
        for (TimeUnit unit : TimeUnit.values()) {
            Background<Boolean> taking = Background.start(() -> events.queue.take(batch, 1, 1, Long.MAX_VALUE - 1, unit) == 1 && batch.next())
                    .untilAsleep();
            knotes.get(0).trigger();
            assertTrue(taking.result(), unit::name);
        }
    }

    // ---- what is refused

    private static void assertRefused(String named, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(named), message);
    }

    @Test
    void numbersThatMakeNoSenseAreRefusedByName() {
        assertRefused("min -1", () -> take(-1, 1, 0));
        assertRefused("min 3", () -> take(3, 2, 0));
        assertRefused("max 9", () -> take(1, CAPACITY + 1, 0));
        assertRefused("timeout -1", () -> take(1, 1, -1));
        assertRefused("capacity 0", () -> events.queue.newBatch(0));
    }

    @Test
    void batchOfAnotherQueueIsRefused() throws Exception {
        try (TestQueue others = new TestQueue()) {
            assertRefused("another queue", () -> events.queue.take(others.batch));
            assertRefused("another queue", () -> events.queue.poll(others.batch));
        }
    }

    @Test
    void whatIsRefusedLeavesTheBatchAsItIs() throws Exception {
        trigger(2);
        assertEquals(2, take(2, 2, 0));
        assertTrue(batch.next());
        assertRefused("min 3", () -> take(3, 2, 0));
        assertEquals(2, batch.size());
        assertTrue(batch.next());
    }

    // ---- reading

    @Test
    void batchIsReadFromItsFirstEventToItsLast() throws Exception {
        assertEquals(CAPACITY, batch.capacity());
        trigger(3);
        assertEquals(3, events.queue.take(batch));
        Set<Object> attachments = new HashSet<>();
        while (batch.next()) {
            attachments.add(batch.attachment());
            assertEquals(3, batch.size());
        }
        assertEquals(Set.of(0, 1, 2), attachments);
        assertFalse(batch.next());
    }

    @Test
    void eventIsNotReadBeforeNextHasAnsweredTrue() throws Exception {
        assertThrows(NoSuchElementException.class, batch::knote);
        trigger(1);
        events.queue.take(batch);
        assertThrows(NoSuchElementException.class, batch::data);
        assertTrue(batch.next());
        assertEquals(0, batch.data());
        assertFalse(batch.next());
        assertThrows(NoSuchElementException.class, batch::attachment);
    }
}
