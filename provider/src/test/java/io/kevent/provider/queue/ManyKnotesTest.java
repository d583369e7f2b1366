// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.ClosedQueueException;
import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.UserKnote;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Thousands of knotes in one queue, each delivered once. */
class ManyKnotesTest {
    private static final int KNOTES = 8_192;
    private static final int THREADS = 4;

    /** As many as a process may have open where nothing was done for it. */
    private static final int CHANNELS = 800;

    private final AtomicInteger told = new AtomicInteger();
    private final List<DatagramChannel> channels = new ArrayList<>();
    private TestQueue events;

    @BeforeEach
    void open() throws IOException {
        events = new TestQueue();
    }

    @AfterEach
    void close() throws IOException {
        events.close();
        for (DatagramChannel channel : channels) {
            channel.close();
        }
    }

    /** Has all events taken, of knotes whose attachments count them, and compares that with one event for each. */
    private void assertEachIsToldOnce(List<AtomicInteger> counts) throws Exception {
        List<Background<Void>> threads = IntStream.range(0, THREADS).mapToObj(i -> Background.start(this::takeAndCount)).toList();
        Background.until("all are told", () -> told.get() >= counts.size());
        threads.forEach(Background::untilAsleep);
        events.close();
        for (Background<Void> thread : threads) {
            assertInstanceOf(ClosedQueueException.class, thread.failure());
        }
        assertTrue(counts.stream().allMatch(count -> count.get() == 1));
    }

    private Void takeAndCount() throws Exception {
        EventBatch batch = events.queue.newBatch(64);
        for (;;) {
            events.queue.take(batch);
            while (batch.next()) {
                ((AtomicInteger) batch.attachment()).incrementAndGet();
                told.incrementAndGet();
            }
        }
    }

    private static List<AtomicInteger> counts(int size) {
        return IntStream.range(0, size).mapToObj(i -> new AtomicInteger()).toList();
    }

    @Test
    void eachOf8192EventsIsToldOnce() throws Exception {
        List<AtomicInteger> counts = counts(KNOTES);
        List<UserKnote> knotes = new ArrayList<>();
        for (int i = 0; i < KNOTES; i++) {
            knotes.add(events.queue.user(KeventQueue.priority(i % 8), counts.get(i)));
        }
        knotes.forEach(UserKnote::trigger);
        assertEachIsToldOnce(counts);
    }

    @Test
    void allEventsFitIntoOneBatch() throws Exception {
        for (int i = 0; i < KNOTES; i++) {
            events.queue.user(0, null).trigger();
        }
        EventBatch batch = events.queue.newBatch(KNOTES);
        assertEquals(KNOTES, events.queue.poll(batch));
    }

    @Test
    void allKnotesAreDeletedWithTheQueue() throws Exception {
        List<Knote> knotes = new ArrayList<>();
        for (int i = 0; i < KNOTES; i++) {
            knotes.add(events.queue.user(0, null));
        }
        events.close();
        knotes.forEach(knote -> assertFalse(knote.isValid()));
    }

    private List<AtomicInteger> registerReadableChannels() throws IOException {
        List<AtomicInteger> counts = counts(CHANNELS);
        for (AtomicInteger count : counts) {
            DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channels.add(channel);
            channel.configureBlocking(false);
            events.queue.register(channel, OP_READ | OP_DISPATCH, count);
            channel.send(ByteBuffer.allocate(1), channel.getLocalAddress());
        }
        return counts;
    }

    @Test
    void eachOfManyChannelsIsToldOnce() throws Exception {
        assertEachIsToldOnce(registerReadableChannels());
    }

    /** The kernel gives them in parts. */
    @Test
    void allChannelsThatAreReadyFitIntoOneBatch() throws Exception {
        registerReadableChannels();
        EventBatch batch = events.queue.newBatch(CHANNELS);
        assertEquals(CHANNELS, events.queue.poll(batch));
        while (batch.next()) {
            batch.knote().enable();
        }
        assertEquals(CHANNELS, events.queue.take(batch, CHANNELS, CHANNELS, 0, TimeUnit.SECONDS));
    }
}
