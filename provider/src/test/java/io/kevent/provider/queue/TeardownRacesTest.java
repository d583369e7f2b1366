// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.ClosedQueueException;
import io.kevent.DeletedKnoteException;
import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.UserKnote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Knotes, channels and queues that go away while threads take and handle. */
class TeardownRacesTest {
    private static final int ROUNDS = Load.times(150);
    private static final int TAKERS = 3;
    private static final int PIPES = 12;

    private final Crew crew = new Crew();

    /** A pipe that is always readable and writable, and what became of it. */
    private static final class Source {
        final Pipe pipe = Pipe.open();
        final AtomicBoolean gone = new AtomicBoolean();
        Knote reader;

        Source(KeventQueue queue) throws IOException {
            pipe.source().configureBlocking(false);
            pipe.sink().configureBlocking(false);
            pipe.sink().write(ByteBuffer.allocate(1));
            queue.register(pipe.sink(), OP_WRITE | OP_DISPATCH, this);
            reader = queue.register(pipe.source(), OP_READ, this);
        }

        void close() throws IOException {
            pipe.source().close();
            pipe.sink().close();
        }
    }

    /** Takes until the queue is closed. */
    private static void take(KeventQueue queue) throws Exception {
        EventBatch batch = queue.newBatch(4);
        try {
            for (;;) {
                queue.take(batch);
                while (batch.next()) {
                    Source source = (Source) batch.attachment();
                    try {
                        batch.knote().enable();
                    } catch (DeletedKnoteException e) {
                        assertFalse(batch.knote().isValid());
                    }
                    assertFalse(batch.knote() == source.reader && source.gone.get(), "handled after somebody has waited for the end of it");
                }
            }
        } catch (ClosedQueueException e) {
            assertFalse(queue.isOpen());
        }
    }

    private static void tearDown(List<Source> sources, Random random) throws Exception {
        for (int i = 0; i < PIPES; i++) {
            Source source = sources.get(random.nextInt(PIPES));
            switch (random.nextInt(4)) {
                case 0:
                    source.close();
                    break;
                case 1:
                    source.reader.delete();
                    break;
                case 2:
                    force(source.reader);
                    break;
                default:
                    assertTrue(source.reader.deleteAndAwait(30, TimeUnit.SECONDS));
                    source.gone.set(true);
                    break;
            }
        }
    }

    private static void force(Knote knote) {
        try {
            knote.forceOneshot();
        } catch (DeletedKnoteException e) {
            assertFalse(knote.isValid());
        }
    }

    private void oneRound(int round) throws Exception {
        KeventQueue queue = KeventQueue.open();
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < PIPES; i++) {
            sources.add(new Source(queue));
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < TAKERS; i++) {
            threads.add(crew.start("taker", () -> take(queue)));
        }
        for (int i = 0; i < 2; i++) {
            Random random = new Random(round * 2L + i);
            threads.add(crew.start("destroyer", () -> tearDown(sources, random)));
        }
        // at once, or when the others are through
        if (round % 2 == 0) {
            crew.join(threads.get(TAKERS));
        }
        queue.close();
        for (Thread thread : threads) {
            crew.join(thread);
        }
        for (Source source : sources) {
            assertFalse(source.reader.isValid());
            source.close();
        }
        crew.check();
    }

    @Test
    void knotesChannelsAndQueuesGoWhileOthersTakeAndNothingStaysOpen() throws Exception {
        oneRound(0);
        List<String> before = OpenDescriptors.now();
        for (int round = 0; round < ROUNDS; round++) {
            oneRound(round);
        }
        assertEquals(List.of(), OpenDescriptors.since(before));
    }

    @Test
    void threadsThatWaitAreAllReleasedByTheClose() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            KeventQueue queue = KeventQueue.open();
            AtomicInteger released = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                threads.add(crew.start("waiter", () -> {
                    assertThrows(ClosedQueueException.class, () -> queue.take(queue.newBatch(1)));
                    released.incrementAndGet();
                }));
            }
            if (round % 2 == 0) {
                threads.forEach(crew::awaitAsleep);
            }
            // by two at once: each returns when it is closed
            Thread other = crew.start("closer", queue::close);
            queue.close();
            crew.join(other);
            for (Thread thread : threads) {
                crew.join(thread);
            }
            crew.check();
            assertEquals(8, released.get());
        }
    }

    @Test
    void allThatWaitForTheEndOfAHandlingReturnAfterIt() throws Exception {
        try (KeventQueue queue = KeventQueue.open()) {
            for (int round = 0; round < ROUNDS; round++) {
                UserKnote knote = queue.user(0, null);
                knote.trigger();
                CountDownLatch begun = new CountDownLatch(1);
                CountDownLatch end = new CountDownLatch(1);
                AtomicBoolean handled = new AtomicBoolean();
                List<Thread> threads = new ArrayList<>();
                threads.add(crew.start("handler", () -> {
                    EventBatch batch = queue.newBatch(1);
                    queue.take(batch);
                    assertTrue(batch.next());
                    begun.countDown();
                    assertTrue(end.await(30, TimeUnit.SECONDS));
                    handled.set(true);
                    assertFalse(batch.next());
                }));
                begun.await();
                for (int i = 0; i < 3; i++) {
                    threads.add(crew.start("deleter", () -> {
                        assertTrue(knote.deleteAndAwait(30, TimeUnit.SECONDS));
                        assertTrue(handled.get());
                    }));
                }
                end.countDown();
                for (Thread thread : threads) {
                    crew.join(thread);
                }
                crew.check();
            }
        }
    }

    @Test
    void channelsRegisteredWhileTheyAreClosedLeaveNothingBehind() throws Exception {
        try (KeventQueue queue = KeventQueue.open()) {
            queue.timer(Duration.ofDays(1), null);
            List<String> before = OpenDescriptors.now();
            for (int round = 0; round < ROUNDS; round++) {
                Pipe pipe = Pipe.open();
                pipe.source().configureBlocking(false);
                Thread registers = crew.start("registers", () -> {
                    try {
                        queue.register(pipe.source(), OP_READ, null);
                    } catch (ClosedChannelException e) {
                        assertFalse(pipe.source().isOpen());
                    }
                });
                if (round % 2 == 0) {
                    Thread.yield();
                }
                pipe.source().close();
                pipe.sink().close();
                crew.join(registers);
                crew.check();
            }
            assertEquals(List.of(), OpenDescriptors.since(before));
            assertEquals(0, queue.poll(queue.newBatch(4)));
        }
    }
}
