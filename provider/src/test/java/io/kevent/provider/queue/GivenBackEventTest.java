// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.ChannelKnote;
import io.kevent.ClosedQueueException;
import io.kevent.TimerKnote;
import io.kevent.UserKnote;
import io.kevent.provider.kernel.Events;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_ONESHOT;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Events that a thread had in its batch and did not come to. */
class GivenBackEventTest {
    private final SimulatedQueue queue = new SimulatedQueue(16);
    private final QueueBatch batch = queue.newBatch(4);
    private final Crew crew = new Crew();

    @AfterEach
    void close() throws IOException {
        queue.close();
    }

    @Test
    void timerThatIsStoppedDropsAnExpirationThatCameBack() {
        TimerKnote timer = expired(0);
        batch.clear();
        timer.stop();
        assertEquals(0, queue.poll(batch, 4));
    }

    @Test
    void timerThatIsSetDropsAnExpirationThatCameBack() {
        TimerKnote timer = expired(0);
        batch.clear();
        timer.set(Duration.ofNanos(10));
        assertEquals(0, queue.poll(batch, 4));
        queue.clock += 10;
        assertEquals(1, queue.poll(batch, 4));
        assertTrue(batch.next());
        assertEquals(1, batch.data());
    }

    @Test
    void dispatchedTimerThatIsSetBeforeItsExpirationComesBackRunsOutAgain() {
        TimerKnote timer = expired(OP_DISPATCH);
        timer.set(Duration.ofNanos(10));
        batch.clear();
        assertTrue(timer.isEnabled());
        runsOutOnce();
    }

    @Test
    void dispatchedTimerThatIsSetAfterItsExpirationCameBackRunsOutAgain() {
        TimerKnote timer = expired(OP_DISPATCH);
        batch.clear();
        timer.set(Duration.ofNanos(10));
        runsOutOnce();
    }

    @Test
    void dispatchedTimerThatIsStoppedWhenItsExpirationComesBackRunsOutOnceItIsSet() {
        TimerKnote timer = expired(OP_DISPATCH);
        timer.stop();
        batch.clear();
        timer.set(Duration.ofNanos(10));
        runsOutOnce();
    }

    @Test
    void oneshotTimerThatIsSetBeforeItsExpirationComesBackRunsOutAgain() {
        TimerKnote timer = expired(OP_ONESHOT);
        timer.set(Duration.ofNanos(10));
        batch.clear();
        assertEquals(OP_ONESHOT, timer.interestOps());
        runsOutOnce();
        assertEquals(0, timer.interestOps());
    }

    @Test
    void timerThatTheProgramDisabledStaysSoWhenItsExpirationIsDropped() {
        TimerKnote timer = expired(OP_DISPATCH);
        timer.set(Duration.ofNanos(10));
        timer.disable();
        batch.clear();
        assertFalse(timer.isEnabled());
    }

    @Test
    void dispatchedTimerStaysDisabledIfAnotherThreadGotALaterExpiration() throws InterruptedException {
        TimerKnote timer = expired(OP_DISPATCH);
        timer.set(Duration.ZERO);
        timer.enable();
        crew.join(crew.start("other", () -> {
            QueueBatch others = queue.newBatch(4);
            assertEquals(1, queue.poll(others, 4));
            assertTrue(others.next());
            others.clear();
        }));
        crew.check();
        batch.clear();
        assertFalse(timer.isEnabled());
    }

    /** One whose expiration is in the batch, unseen. */
    private TimerKnote expired(int options) {
        TimerKnote timer = queue.timer(0, 0, options);
        assertEquals(1, queue.poll(batch, 4));
        return timer;
    }

    /** Ten nanoseconds from now, and not before. */
    private void runsOutOnce() {
        assertEquals(0, queue.poll(batch, 4));
        queue.clock += 10;
        assertEquals(1, queue.poll(batch, 4));
        assertTrue(batch.next());
        assertEquals(1, batch.data());
    }

    @Test
    void expirationThatCameBackStaysWhenOneFromBeforeTheSettingComesBackAsWell() throws InterruptedException {
        TimerKnote timer = expired(OP_DISPATCH);
        timer.set(Duration.ZERO);
        timer.enable();
        QueueBatch others = queue.newBatch(4);
        crew.join(crew.start("other", () -> assertEquals(1, queue.poll(others, 4))));
        crew.check();
        others.clear();
        batch.clear();
        assertEquals(1, queue.poll(batch, 4));
        assertTrue(batch.next());
        assertEquals(1, batch.data());
    }

    @Test
    void valueOfTheLastTriggerStandsThoughItCameBackLast() throws InterruptedException {
        UserKnote user = queue.user(0);
        user.trigger(1);
        assertEquals(1, queue.poll(batch, 4));
        user.trigger(2);
        QueueBatch others = queue.newBatch(4);
        crew.join(crew.start("other", () -> assertEquals(1, queue.poll(others, 4))));
        crew.check();
        batch.clear();
        others.clear();
        assertEquals(1, queue.poll(batch, 4));
        assertTrue(batch.next());
        assertEquals(2, batch.data());
    }

    @Test
    void eventsOfAThreadThatDiedAreGotByOneThatPolls() throws InterruptedException {
        queue.user(0).trigger(1);
        queue.user(0).trigger(2);
        crew.start("mortal", () -> {
            QueueBatch own = queue.newBatch(4);
            assertEquals(2, queue.poll(own, 4));
            assertTrue(own.next());
        });
        crew.join();
        assertEquals(1, queue.poll(batch, 4));
        assertTrue(batch.next());
        assertEquals(2, batch.data());
    }

    @Test
    void eventOfAThreadThatDiedIsGotByOneThatWaitedBeforeItWorked() throws InterruptedException {
        UserKnote user = queue.user(0);
        crew.start("watcher", () -> {
            assertEquals(1, queue.take(batch, 1, 1, Dispatcher.FOREVER));
            assertTrue(batch.next());
            assertEquals(1, batch.data());
        });
        queue.kernel.awaitWaiter();
        // went to sleep last, and so is called first
        crew.awaitAsleep(crew.start("mortal", () -> assertEquals(1, queue.take(queue.newBatch(1), 1, 1, Dispatcher.FOREVER))));
        user.trigger(1);
        crew.join();
    }

    @Test
    void eventThatIsTooLittleForTheThreadThatWasCalledGoesToAnother() throws InterruptedException {
        queue.user(0).trigger(1);
        queue.user(0).trigger(2);
        assertEquals(2, queue.poll(batch, 4));
        startWaiter("watcher", 4);
        queue.kernel.awaitWaiter();
        Thread modest = startWaiter("modest", 1);
        crew.awaitAsleep(modest);
        crew.awaitAsleep(startWaiter("called", 2));
        queue.dispatcher.lock();
        try {
            // calls the one that went to sleep last; when it looks, there is one event left
            batch.clear();
            assertEquals(1, queue.poll(batch, 1));
        } finally {
            queue.dispatcher.unlock();
        }
        crew.join(modest);
        queue.dispatcher.shut();
        crew.join();
    }

    @Test
    void channelThatStaysReadyGoesToOneThatSleepsWhenItsThreadHasDone() throws Exception {
        leaveReady(QueueBatch::clear);
    }

    @Test
    void channelThatStaysReadyGoesToOneThatSleepsWhenItsThreadTakesNothing() throws Exception {
        leaveReady(own -> assertEquals(0, queue.poll(own, 0)));
    }

    @Test
    void channelThatStaysReadyGoesToOneThatSleepsWhenItsThreadHasDied() throws Exception {
        leaveReady(own -> { });
    }

    /** A thread gets a level-triggered channel, reads nothing, and ends as told, while another one sleeps. */
    private void leaveReady(Consumer<QueueBatch> ending) throws Exception {
        ChannelKnote channel = queue.channel(OP_READ);
        QueueBatch own = queue.newBatch(1);
        crew.start("leaving", () -> {
            assertEquals(1, queue.take(own, 1, 1, Dispatcher.FOREVER));
            assertTrue(own.next());
            ending.accept(own);
        });
        queue.kernel.awaitWaiter();
        crew.awaitAsleep(crew.start("sleeping", () -> assertEquals(1, queue.take(batch, 1, 1, Dispatcher.FOREVER))));
        queue.arrive(channel, Events.IN);
        crew.join();
    }

    /** A thread that waits for so many events, or for the end. */
    private Thread startWaiter(String name, int min) {
        return crew.start(name, () -> {
            try {
                assertEquals(min, queue.take(queue.newBatch(4), min, 4, Dispatcher.FOREVER));
            } catch (ClosedQueueException e) {
                assertTrue(min > 1, "one event was enough");
            }
        });
    }
}
