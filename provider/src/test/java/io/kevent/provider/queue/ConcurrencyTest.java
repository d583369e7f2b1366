// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.QueueOptions;
import io.kevent.UserKnote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How many threads work at once. */
class ConcurrencyTest {
    private TestQueue events;

    private void open(int concurrency) throws IOException {
        events = new TestQueue(QueueOptions.defaults().concurrency(concurrency));
    }

    @AfterEach
    void close() throws IOException {
        if (events != null) {
            events.close();
        }
    }

    private UserKnote triggered() {
        UserKnote knote = events.queue.user(0, null);
        knote.trigger();
        return knote;
    }

    /** A thread that takes one event, and has come back for another when it has ended. */
    private Background<Boolean> startTaking() {
        return Background.start(() -> {
            EventBatch own = events.queue.newBatch(1);
            events.queue.take(own);
            boolean told = own.next();
            own.clear();
            return told;
        });
    }

    @Test
    void noEventGoesToAThreadThatWaitsWhileAsManyWorkAsTheLimitSays() throws Exception {
        open(1);
        events.awaitEventOf(triggered());
        Background<Boolean> waiting = startTaking().untilAsleep();
        triggered();
        waiting.untilAsleep();
        events.batch.clear();
        assertTrue(waiting.result());
    }

    @Test
    void asManyThreadsWorkAsTheLimitSays() throws Exception {
        open(2);
        events.awaitEventOf(triggered());
        Background<Boolean> second = startTaking().untilAsleep();
        triggered();
        assertTrue(second.result());
    }

    @Test
    void threadThatComesBackTakesTheNextEventItself() throws Exception {
        open(1);
        events.awaitEventOf(triggered());
        Background<Boolean> waiting = startTaking().untilAsleep();
        events.awaitEventOf(triggered());
        waiting.untilAsleep();
        triggered();
        events.batch.clear();
        assertTrue(waiting.result());
    }

    @Test
    void threadThatReadsItsBatchToTheEndIsStillWorking() throws Exception {
        open(1);
        events.awaitEventOf(triggered());
        assertFalse(events.batch.next());
        Background<Boolean> waiting = startTaking().untilAsleep();
        triggered();
        waiting.untilAsleep();
        events.batch.clear();
        assertTrue(waiting.result());
    }

    @Test
    void eventsOfTheKernelAndOfTheClockWaitForAPlaceAsWell() throws Exception {
        open(1);
        events.awaitEventOf(triggered());
        Background<Boolean> waiting = startTaking().untilAsleep();
        events.queue.timer(Duration.ZERO, null);
        waiting.untilAsleep();
        events.batch.clear();
        assertTrue(waiting.result());
    }

    // ---- sections that block

    @Test
    void placeOfAThreadThatBlocksGoesToAnother() throws Exception {
        open(1);
        events.awaitEventOf(triggered());
        Background<Boolean> waiting = startTaking().untilAsleep();
        triggered();
        waiting.untilAsleep();
        assertTrue(events.queue.blocking(waiting::result));
    }

    @Test
    void threadTakesItsPlaceBackWithoutWaiting() throws Exception {
        open(1);
        events.awaitEventOf(triggered());
        EventBatch others = events.queue.newBatch(1);
        events.queue.blocking(() -> {
            triggered();
            return Background.start(() -> events.queue.take(others)).result();
        });
        // one thread more than the limit is working now, and both must come back before there is room
        events.batch.clear();
        others.clear();
        Background<Boolean> waiting = startTaking();
        triggered();
        assertTrue(waiting.result());
    }

    @Test
    void placeIsTakenBackAfterASectionThatThrows() throws Exception {
        open(1);
        events.awaitEventOf(triggered());
        Exception failure = new Exception();
        assertSame(failure, assertThrows(Exception.class, () -> events.queue.blocking(() -> {
            throw failure;
        })));
        Background<Boolean> waiting = startTaking().untilAsleep();
        triggered();
        waiting.untilAsleep();
        events.batch.clear();
        assertTrue(waiting.result());
    }

    @Test
    void sectionWithinASectionGivesOnePlace() throws Exception {
        open(1);
        events.awaitEventOf(triggered());
        assertEquals(5, events.queue.blocking(() -> events.queue.blocking(() -> 5)));
        Background<Boolean> waiting = startTaking().untilAsleep();
        triggered();
        waiting.untilAsleep();
        events.batch.clear();
        assertTrue(waiting.result());
    }

    @Test
    void sectionOfAThreadThatIsNotWorkingIsJustRun() throws Exception {
        open(1);
        assertEquals("result", events.queue.blocking(() -> "result"));
        events.awaitEventOf(triggered());
        assertEquals("result", Background.start(() -> events.queue.blocking(() -> "result")).result());
        Background<Boolean> waiting = startTaking().untilAsleep();
        triggered();
        waiting.untilAsleep();
        events.batch.clear();
        assertTrue(waiting.result());
    }

    @Test
    void sectionMayTakeEvents() throws Exception {
        open(1);
        events.awaitEventOf(triggered());
        UserKnote next = triggered();
        events.queue.blocking(() -> events.awaitEventOf(next));
        Background<Boolean> waiting = startTaking().untilAsleep();
        triggered();
        waiting.untilAsleep();
        events.batch.clear();
        assertTrue(waiting.result());
    }

    // ---- threads that die

    @Test
    void placeOfAThreadThatDiedIsGivenToAnother() throws Exception {
        open(1);
        triggered();
        assertTrue(Background.start(() -> {
            EventBatch own = events.queue.newBatch(1);
            events.queue.take(own);
            return own.next();
        }).result());
        UserKnote knote = triggered();
        events.awaitEventOf(knote);
    }

    @Test
    void placeOfAThreadThatDiedIsGivenToOneThatOnlyPolls() throws Exception {
        open(1);
        triggered();
        Background<Integer> dying = Background.start(() -> events.queue.take(events.queue.newBatch(1)));
        assertEquals(1, dying.result());
        triggered();
        Background.until("the place is given", () -> poll() > 0);
    }

    private int poll() {
        try {
            return events.queue.poll(events.batch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- the option

    @Test
    void limitOfLessThanOneIsRefusedByName() {
        for (int limit : new int[] {0, -1}) {
            String message = assertThrows(IllegalArgumentException.class, () -> QueueOptions.defaults().concurrency(limit)).getMessage();
            assertTrue(message.contains("concurrency " + limit), message);
        }
    }

    @Test
    void optionsTellTheirLimit() {
        assertEquals(QueueOptions.UNLIMITED, QueueOptions.defaults().concurrency());
        assertEquals(3, QueueOptions.defaults().concurrency(3).concurrency());
        assertEquals("QueueOptions[concurrency=3]", QueueOptions.defaults().concurrency(3).toString());
        assertEquals("QueueOptions[concurrency=unlimited]", QueueOptions.defaults().toString());
    }
}
