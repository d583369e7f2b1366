// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.ClosedQueueException;
import io.kevent.TimerKnote;
import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.queue.Background;
import io.kevent.provider.queue.Dispatcher;
import io.kevent.provider.queue.QueueBatch;
import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Timers on clocks that the test turns. */
class TimerClockTest {
    private static final Duration TEN = Duration.ofNanos(10);

    /** A thread that waits looks at it, too. */
    private volatile long now = Long.MAX_VALUE - 20;
    private volatile long wall = 1_000_000;
    private int looks;
    private Runnable whenLooked = () -> { };
    private Dispatcher dispatcher;
    private TimerFilter timers;
    private QueueBatch batch;

    @BeforeEach
    void open() throws IOException {
        dispatcher = new Dispatcher(null, JdkKernel.INSTANCE, SelectorProvider.provider(), Integer.MAX_VALUE);
        timers = new TimerFilter(dispatcher, this::look, () -> wall);
        dispatcher.drive(timers);
        batch = new QueueBatch(dispatcher, 4);
    }

    @AfterEach
    void close() throws IOException {
        dispatcher.shut();
        timers.close();
        dispatcher.close();
    }

    private long look() {
        looks++;
        whenLooked.run();
        return now;
    }

    private int poll() throws Exception {
        return dispatcher.take(batch, 0, batch.capacity(), 0);
    }

    private void assertNothing() throws Exception {
        assertEquals(0, poll());
    }

    private void assertTold(TimerKnote knote, long times) throws Exception {
        assertEquals(1, poll());
        assertTrue(batch.next());
        assertSame(knote, batch.knote());
        assertEquals(times, batch.data());
    }

    private static Instant wallTime(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }

    @Test
    void timerRunsOutWhenItIsDueAndNotBefore() throws Exception {
        TimerKnote knote = timers.register(TEN, null, 0, null);
        now += 9;
        assertNothing();
        now += 1;
        assertTold(knote, 1);
        now += 100;
        assertNothing();
    }

    @Test
    void threadThatWaitsIsNotToldOfATimerThatWasDeletedMeanwhile() throws Exception {
        TimerKnote deleted = timers.register(TEN, null, 0, null);
        TimerKnote knote = timers.register(TEN.multipliedBy(2), null, 0, null);
        Background<Integer> taking = Background.start(() -> dispatcher.take(batch, 1, batch.capacity(), Long.MAX_VALUE)).untilWatching();
        deleted.delete();
        now += 20;
        assertEquals(1, taking.result());
        assertTrue(batch.next());
        assertSame(knote, batch.knote());
    }

    @Test
    void expirationsThatWereMissedAreCounted() throws Exception {
        TimerKnote knote = timers.register(TEN, TEN, 0, null);
        now += 45;
        assertTold(knote, 4);
        assertNothing();
    }

    @Test
    void periodIsCountedFromWhenItWasDue() throws Exception {
        TimerKnote knote = timers.register(TEN, TEN, 0, null);
        now += 45;
        assertTold(knote, 4);
        now += 4;
        assertNothing();
        now += 1;
        assertTold(knote, 1);
    }

    @Test
    void delayAndPeriodDiffer() throws Exception {
        TimerKnote knote = timers.register(Duration.ofNanos(3), TEN, 0, null);
        now += 3;
        assertTold(knote, 1);
        now += 9;
        assertNothing();
        now += 1;
        assertTold(knote, 1);
    }

    @Test
    void expirationsWhileItIsDisabledAreCounted() throws Exception {
        TimerKnote knote = timers.register(TEN, TEN, 0, null);
        knote.disable();
        now += 10;
        assertNothing();
        now += 25;
        assertNothing();
        knote.enable();
        assertTold(knote, 3);
    }

    @Test
    void expirationsWhileItIsHandledUnderDispatchAreCounted() throws Exception {
        TimerKnote knote = timers.register(TEN, TEN, OP_DISPATCH, null);
        now += 10;
        assertTold(knote, 1);
        now += 20;
        assertNothing();
        knote.enable();
        assertTold(knote, 2);
    }

    @Test
    void countThatIsGivenBackIsAddedToWhatCameSince() throws Exception {
        TimerKnote knote = timers.register(TEN, TEN, 0, null);
        now += 20;
        assertEquals(1, poll());
        batch.clear();
        now += 10;
        assertTold(knote, 3);
    }

    @Test
    void settingItDropsWhatIsPending() throws Exception {
        TimerKnote knote = timers.register(TEN, TEN, 0, null);
        knote.disable();
        now += 30;
        assertNothing();
        knote.set(TEN, null);
        knote.enable();
        assertNothing();
        now += 10;
        assertTold(knote, 1);
        now += 100;
        assertNothing();
    }

    @Test
    void settingItDropsWhatIsGivenBackAndNotWhatIsSetAfterwards() throws Exception {
        TimerKnote knote = timers.register(TEN, TEN, 0, null);
        now += 30;
        assertEquals(1, poll());
        batch.clear();
        knote.set(TEN, null);
        assertNothing();
        now += 10;
        assertTold(knote, 1);
    }

    @Test
    void stoppedTimerStaysSilent() throws Exception {
        TimerKnote knote = timers.register(TEN, TEN, 0, null);
        now += 10;
        knote.stop();
        now += 10;
        assertNothing();
    }

    @Test
    void severalTimersThatAreDueAreToldOnceEach() throws Exception {
        timers.register(TEN, null, 0, null);
        timers.register(Duration.ofNanos(5), null, 0, null);
        timers.register(Duration.ofNanos(11), null, 0, null);
        now += 10;
        assertEquals(2, poll());
    }

    // ---- the wall clock

    @Test
    void wallClockThatIsSetBackPutsTheTimerOff() throws Exception {
        TimerKnote knote = timers.register(wallTime(wall + 10), null, 0, null);
        wall -= 100;
        now += 1000;
        assertNothing();
        wall += 109;
        assertNothing();
        wall += 1;
        assertTold(knote, 1);
    }

    @Test
    void wallClockThatIsSetForwardRunsTheTimerOut() throws Exception {
        TimerKnote knote = timers.register(wallTime(wall + 1_000_000), null, 0, null);
        assertNothing();
        wall += 1_000_000;
        assertTold(knote, 1);
    }

    @Test
    void wallClockTimerIsPeriodic() throws Exception {
        TimerKnote knote = timers.register(wallTime(wall), TEN, 0, null);
        assertTold(knote, 1);
        wall += 35;
        assertTold(knote, 3);
    }

    @Test
    void wallClockIsLookedAtEachSecond() {
        timers.register(wallTime(wall).plus(Duration.ofDays(1)), null, 0, null);
        assertEquals(Duration.ofSeconds(1).toNanos(), timers.nanosToNext());
    }

    @Test
    void wallClockThatIsSetForwardIsNoticedByAThreadThatWaitedBeforeTheTimerWasSet() throws Exception {
        timers.register(Duration.ofHours(1), null, 0, null);
        Background<Integer> taking = Background.start(() -> dispatcher.take(batch, 1, batch.capacity(), Long.MAX_VALUE)).untilWatching();
        TimerKnote knote = timers.register(wallTime(wall).plus(Duration.ofDays(1)), null, 0, null);
        wall += Duration.ofDays(1).toNanos();
        assertEquals(1, taking.result());
        assertTrue(batch.next());
        assertSame(knote, batch.knote());
    }

    @Test
    void wallClockTimerOfTheNextCenturyIsNotEarly() throws Exception {
        wall = TimerFilter.nanosOf(Instant.parse("2100-01-01T00:00:00Z"));
        TimerKnote knote = timers.register(Instant.parse("2150-01-01T00:00:00Z"), null, 0, null);
        wall = TimerFilter.nanosOf(Instant.parse("2149-12-31T23:59:59Z"));
        assertNothing();
        wall += Duration.ofSeconds(1).toNanos();
        assertTold(knote, 1);
    }

    @Test
    void timerGoesFromOneClockToTheOther() throws Exception {
        TimerKnote knote = timers.register(TEN, null, 0, null);
        knote.set(wallTime(wall + 10), null);
        now += 1000;
        assertNothing();
        wall += 10;
        assertTold(knote, 1);
        knote.set(TEN);
        wall += 1000;
        assertNothing();
        now += 10;
        assertTold(knote, 1);
    }

    // ---- the cost

    @Test
    void timersThatAreNotDueCostNothing() throws Exception {
        timers.register(TEN, null, 0, null);
        looks = 0;
        assertNothing();
        int withOne = looks;
        for (int i = 0; i < 1000; i++) {
            timers.register(Duration.ofDays(1).plusNanos(i), null, 0, null);
        }
        looks = 0;
        assertNothing();
        assertEquals(withOne, looks);
    }

    @Test
    void timerOfAQueueThatClosesMeanwhileIsRefusedAsOfAClosedQueue() {
        whenLooked = dispatcher::shut;
        assertThrows(ClosedQueueException.class, () -> timers.register(TEN, null, 0, null));
    }
}
