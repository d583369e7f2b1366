// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.UserKnote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Threads that all sleep, one in the kernel, one on standby and the others parked, are woken for each event, though those that have one do not come back. */
class SleepingTakersTest {
    private static final int ROUNDS = Load.times(200);
    private static final int TAKERS = 4;

    private final Crew crew = new Crew();
    private final AtomicInteger handled = new AtomicInteger();
    private final List<Thread> takers = new ArrayList<>();

    /** Who handles an event waits here for the others that do. */
    private volatile CyclicBarrier together;

    private KeventQueue queue;

    @BeforeEach
    void open() throws IOException {
        queue = KeventQueue.open();
        for (int i = 0; i < TAKERS; i++) {
            takers.add(crew.start("taker " + i, this::take));
        }
    }

    @AfterEach
    void close() throws Exception {
        takers.forEach(Thread::interrupt);
        crew.join();
        queue.close();
    }

    private void take() throws Exception {
        EventBatch batch = queue.newBatch(1);
        try {
            for (;;) {
                queue.take(batch);
                while (batch.next()) {
                    together.await(30, TimeUnit.SECONDS);
                    handled.incrementAndGet();
                }
            }
        } catch (InterruptedException e) {
            // the test is over
        }
    }

    private void awaitAllAsleep(int events) {
        crew.await(events + " events handled", () -> handled.get() == events);
        takers.forEach(crew::awaitAsleep);
    }

    @Test
    void eventsTriggeredByTwoThreadsAtOnceGoToTwo() throws Exception {
        UserKnote first = queue.user(0, null);
        UserKnote second = queue.user(0, null);
        together = new CyclicBarrier(2);
        for (int round = 0; round < ROUNDS; round++) {
            awaitAllAsleep(2 * round);
            Thread other = crew.start("trigger", first::trigger);
            second.trigger();
            crew.join(other);
        }
        awaitAllAsleep(2 * ROUNDS);
    }

    @Test
    void asManyEventsAsThreadsGoToAll() {
        List<UserKnote> knotes = new ArrayList<>();
        for (int i = 0; i < TAKERS; i++) {
            knotes.add(queue.user(0, null));
        }
        together = new CyclicBarrier(TAKERS);
        for (int round = 0; round < ROUNDS; round++) {
            awaitAllAsleep(TAKERS * round);
            knotes.forEach(UserKnote::trigger);
        }
        awaitAllAsleep(TAKERS * ROUNDS);
    }

    @Test
    void channelsThatBecomeReadyAtOnceGoToAll() throws Exception {
        List<Pipe> pipes = new ArrayList<>();
        List<Knote> knotes = new ArrayList<>();
        for (int i = 0; i < TAKERS; i++) {
            Pipe pipe = Pipe.open();
            pipes.add(pipe);
            pipe.source().configureBlocking(false);
            knotes.add(queue.register(pipe.source(), OP_READ | OP_DISPATCH, null));
        }
        together = new CyclicBarrier(TAKERS);
        for (int round = 0; round < ROUNDS; round++) {
            for (Pipe pipe : pipes) {
                assertEquals(1, pipe.sink().write(ByteBuffer.allocate(1)));
            }
            awaitAllAsleep(TAKERS * (round + 1));
            for (int i = 0; i < TAKERS; i++) {
                assertEquals(1, pipes.get(i).source().read(ByteBuffer.allocate(2)));
                knotes.get(i).enable();
            }
        }
        for (Pipe pipe : pipes) {
            pipe.source().close();
            pipe.sink().close();
        }
    }

    @Test
    void channelThatIsReadyWakesOneWhenItIsEnabled() throws Exception {
        Pipe pipe = Pipe.open();
        assertEquals(1, pipe.sink().write(ByteBuffer.allocate(1)));
        pipe.source().configureBlocking(false);
        together = new CyclicBarrier(1);
        takers.forEach(crew::awaitAsleep);
        Knote knote = queue.register(pipe.source(), OP_READ | OP_DISPATCH, null);
        for (int round = 1; round < ROUNDS; round++) {
            awaitAllAsleep(round);
            knote.enable();
        }
        awaitAllAsleep(ROUNDS);
        pipe.source().close();
        pipe.sink().close();
    }
}
