// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.DeletedKnoteException;
import io.kevent.EventBatch;
import io.kevent.TimerKnote;
import io.kevent.provider.queue.Background;
import io.kevent.provider.queue.TestQueue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.kevent.KeventOps.OP_ONESHOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Timers on the clocks of the machine. What depends on when one looks is in {@link TimerClockTest}. */
class TimerTest {
    private static final Duration LATER = Duration.ofHours(1);
    private static final int MANY = 1_000_000;

    private TestQueue events;

    @BeforeEach
    void open() throws IOException {
        events = new TestQueue();
    }

    @AfterEach
    void close() throws IOException {
        events.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000, 2_500_000, 20_000_000})
    void timerIsNeverEarly(long nanos) throws Exception {
        long before = System.nanoTime();
        TimerKnote knote = events.queue.timer(Duration.ofNanos(nanos), null);
        EventBatch event = events.awaitEventOf(knote);
        assertTrue(System.nanoTime() - before >= nanos);
        assertEquals(1, event.data());
    }

    @Test
    void wallClockTimerIsNeverEarly() throws Exception {
        Instant time = Instant.now().plusMillis(20);
        TimerKnote knote = events.queue.timer(time, null, 0, null);
        events.awaitEventOf(knote);
        assertTrue(!Instant.now().isBefore(time));
    }

    @Test
    void periodicTimerIsNeverEarlyAndGoesOn() throws Exception {
        long period = 2_000_000;
        long before = System.nanoTime();
        TimerKnote knote = events.queue.timer(Duration.ofNanos(period), Duration.ofNanos(period), 0, null);
        long told = 0;
        for (int i = 0; i < 5; i++) {
            told += events.awaitEventOf(knote).data();
            assertTrue(System.nanoTime() - before >= told * period);
        }
    }

    @Test
    void expirationThatComesBackAfterTheTimerWasStoppedIsDropped() throws Exception {
        TimerKnote knote = events.queue.timer(Duration.ZERO, null);
        assertEquals(1, events.queue.poll(events.batch));
        knote.stop();
        assertEquals(0, events.queue.poll(events.batch));
    }

    @Test
    void expirationThatComesBackAfterTheTimerWasSetIsDropped() throws Exception {
        TimerKnote knote = events.queue.timer(Duration.ZERO, null);
        assertEquals(1, events.queue.poll(events.batch));
        knote.set(LATER);
        assertEquals(0, events.queue.poll(events.batch));
    }

    @Test
    void expirationThatComesBackOtherwiseIsToldAgain() throws Exception {
        TimerKnote knote = events.queue.timer(Duration.ZERO, null);
        assertEquals(1, events.queue.poll(events.batch));
        assertEquals(1, events.queue.poll(events.batch));
        assertTrue(events.batch.next());
        assertEquals(knote, events.batch.knote());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void delayThatIsNotPositiveIsAtOnce(long seconds) throws Exception {
        TimerKnote knote = events.queue.timer(Duration.ofSeconds(seconds), null);
        assertEquals(1, events.queue.poll(events.batch));
        assertTrue(events.batch.next());
        assertEquals(knote, events.batch.knote());
    }

    @Test
    void timeThatIsPastIsNow() throws Exception {
        for (Instant past : new Instant[] {Instant.now(), Instant.EPOCH, Instant.MIN}) {
            TimerKnote knote = events.queue.timer(past, null, 0, null);
            assertEquals(1, events.awaitEventOf(knote).data());
        }
    }

    @Test
    void farthestTimesAreNotYet() throws Exception {
        events.queue.timer(Duration.ofSeconds(Long.MAX_VALUE), null);
        events.queue.timer(LATER, Duration.ofSeconds(Long.MAX_VALUE), 0, null);
        events.queue.timer(Instant.MAX, null, 0, null);
        events.assertNothing();
    }

    @Test
    void periodThatIsNotPositiveIsRefusedByName() {
        TimerKnote knote = events.queue.timer(LATER, null);
        for (Duration period : new Duration[] {Duration.ZERO, Duration.ofNanos(-1)}) {
            for (Executable call : new Executable[] {() -> knote.set(LATER, period), () -> knote.set(Instant.now(), period),
                () -> events.queue.timer(LATER, period, 0, null), () -> events.queue.timer(Instant.now(), period, 0, null)}) {
                assertTrue(assertThrows(IllegalArgumentException.class, call).getMessage().contains("period " + period));
            }
        }
    }

    @Test
    void settingARunningTimerDropsWhatIsPending() throws Exception {
        TimerKnote knote = events.queue.timer(Duration.ZERO, null);
        assertEquals(1, events.countForAnother());
        knote.set(LATER);
        events.assertNothing();
    }

    @Test
    void stoppingDropsWhatIsPending() throws Exception {
        TimerKnote knote = events.queue.timer(Duration.ZERO, Duration.ofNanos(1), 0, null);
        assertEquals(1, events.countForAnother());
        knote.stop();
        events.assertNothing();
    }

    @Test
    void stoppedTimerIsSetAgain() throws Exception {
        TimerKnote knote = events.queue.timer(LATER, null);
        knote.stop();
        knote.stop();
        knote.set(Duration.ofMillis(1));
        assertEquals(1, events.awaitEventOf(knote).data());
        events.assertNothing();
    }

    @Test
    void timerThatHasRunOutIsSetAgain() throws Exception {
        TimerKnote knote = events.queue.timer(Duration.ZERO, null);
        events.awaitEventOf(knote);
        events.assertNothing();
        knote.set(Duration.ofMillis(1));
        events.awaitEventOf(knote);
    }

    @Test
    void threadThatWaitsHearsOfATimerThatIsDueSooner() throws Exception {
        TimerKnote knote = events.queue.timer(LATER, null);
        Background<EventBatch> taking = Background.start(() -> events.awaitEventOf(knote)).untilWatching();
        knote.set(Duration.ofMillis(1));
        taking.result();
    }

    @Test
    void threadThatWaitsHearsOfAWallClockTimerThatIsDueSooner() throws Exception {
        TimerKnote knote = events.queue.timer(LATER, null);
        Background<EventBatch> taking = Background.start(() -> events.awaitEventOf(knote)).untilWatching();
        knote.set(Instant.now().plusMillis(1), null);
        taking.result();
    }

    @Test
    void oneshotStopsAPeriodicTimerUntilItIsArmedAnew() throws Exception {
        TimerKnote knote = events.queue.timer(Duration.ZERO, Duration.ofMillis(1), OP_ONESHOT, null);
        events.awaitEventOf(knote);
        assertEquals(0, knote.interestOps());
        events.assertNothing();
        knote.interestOps(OP_ONESHOT);
        events.awaitEventOf(knote);
        assertEquals(0, knote.interestOps());
    }

    @Test
    void deletedTimerIsNotSet() {
        TimerKnote knote = events.queue.timer(LATER, null);
        knote.delete();
        for (Executable call : new Executable[] {() -> knote.set(LATER), () -> knote.set(LATER, LATER), () -> knote.set(Instant.now(), null), knote::stop}) {
            assertThrows(DeletedKnoteException.class, call);
        }
    }

    @Test
    void millionTimersAreStartedChangedAndDeleted() throws Exception {
        List<TimerKnote> knotes = new ArrayList<>(MANY);
        for (int i = 0; i < MANY; i++) {
            knotes.add(events.queue.timer(LATER.plusNanos((i * 7919L) % MANY), null));
        }
        for (TimerKnote knote : knotes) {
            knote.set(LATER.plusNanos(knote.hashCode()));
        }
        TimerKnote due = knotes.get(MANY / 2);
        due.set(Duration.ZERO);
        events.awaitEventOf(due);
        knotes.forEach(TimerKnote::delete);
        events.assertNothing();
    }
}
