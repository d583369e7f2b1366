// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.UserKnote;
import io.kevent.provider.filter.UserFilter;
import io.kevent.provider.kernel.JdkKernel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which of the threads that wait is woken: the one that went to sleep last, and no other. */
class WakingOrderTest {
    private static final int THREADS = 6;

    private final List<Background<Long>> threads = new ArrayList<>();
    private TestQueue events;

    @BeforeEach
    void open() throws IOException {
        events = new TestQueue();
    }

    @AfterEach
    void close() throws IOException {
        events.close();
    }

    /** A thread that takes one event and tells its data. */
    private Background<Long> startTaking() {
        return Background.start(() -> {
            EventBatch own = events.queue.newBatch(1);
            events.queue.take(own);
            assertTrue(own.next());
            return own.data();
        }).untilAsleep();
    }

    @Test
    void threadThatWentToSleepLastIsWokenFirst() throws Exception {
        // watches the kernel, and so comes back once in a while; none of the events is for it
        Background.start(() -> events.queue.take(events.queue.newBatch(100), 100, 100, Long.MAX_VALUE, TimeUnit.DAYS)).untilWatching();
        IntStream.range(0, THREADS).forEach(i -> threads.add(startTaking()));
        UserKnote knote = events.queue.user(0, null);
        for (int i = THREADS - 1; i >= 0; i--) {
            knote.trigger(i);
            assertEquals(i, threads.get(i).result());
        }
    }

    @Test
    void threadThatOnlyLooksAtTheClockHasNotGoneToSleepLast() throws Exception {
        Dispatcher dispatcher = new Dispatcher(null, JdkKernel.INSTANCE, SelectorProvider.provider(), Integer.MAX_VALUE, Background.LIMIT.toNanos());
        AtomicInteger looks = new AtomicInteger();
        dispatcher.drive(new Clockwork() {
            @Override
            public long nanosToNext() {
                looks.incrementAndGet();
                return NEVER;
            }

            @Override
            public void run() { }
        });
        Callable<Boolean> taking = () -> {
            QueueBatch own = new QueueBatch(dispatcher, 1);
            return dispatcher.take(own, 1, 1, Dispatcher.FOREVER) == 1 && own.next();
        };
        Background<Boolean> watching = Background.start(taking).untilWatching();
        Background<Boolean> later = Background.start(taking).untilStandingBy();
        dispatcher.lock();
        dispatcher.hurryLocked(0);
        dispatcher.unlock();
        // the lock is held from the look at the clock until the thread sleeps
        Background.until("the clock is looked at", () -> looks.get() == 3);
        new UserFilter(dispatcher).register(0, null).trigger();
        assertTrue(later.result());
        watching.untilWatching();
        dispatcher.shut();
        dispatcher.close();
    }

    @Test
    void oneTriggerWakesOneThread() throws Exception {
        IntStream.range(0, THREADS).forEach(i -> threads.add(startTaking()));
        UserKnote knote = events.queue.user(0, null);
        knote.trigger(1);
        assertEquals(1, threads.get(THREADS - 1).result());
        threads.subList(0, THREADS - 1).forEach(Background::untilAsleep);
        events.assertNothing();
    }

    @Test
    void asManyThreadsAreWokenAsEventsCome() throws Exception {
        IntStream.range(0, THREADS).forEach(i -> threads.add(startTaking()));
        for (int i = 0; i < THREADS; i++) {
            events.queue.user(0, null).trigger(1);
        }
        for (Background<Long> thread : threads) {
            assertEquals(1, thread.result());
        }
    }

    @Test
    void eventThatComesWhileTheThreadThatWatchedIsAtWorkWakesTheOneOnStandby() throws Exception {
        threads.add(startTaking());
        threads.get(0).untilWatching();
        threads.add(startTaking());
        threads.get(1).untilStandingBy();
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        events.queue.register(pipe.source(), OP_READ | OP_EDGE, null);
        pipe.sink().write(ByteBuffer.allocate(1));
        assertEquals(0, threads.get(0).result());
        threads.get(1).untilAsleep();
        pipe.sink().write(ByteBuffer.allocate(1));
        assertEquals(0, threads.get(1).result());
        pipe.sink().close();
        pipe.source().close();
    }
}
