// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.ChannelKnote;
import io.kevent.KeventOps;
import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.CountingKernel;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.kernel.SimulatedKernel;
import io.kevent.provider.queue.Background;
import io.kevent.provider.queue.Dispatcher;
import io.kevent.provider.queue.QueueBatch;
import io.kevent.provider.queue.TestDispatcher;
import io.kevent.provider.selector.KeventSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.SelectorProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_WAKE_ONE;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Two watch a channel so that an event wakes one. The kernel tells the first, which has no use for it any more. */
class LeftToOthersTest {
    private static final int OPS = OP_READ | OP_WAKE_ONE;

    private final SimulatedKernel kernel = new SimulatedKernel();
    private final CountingKernel firstCalls = new CountingKernel(kernel);
    private final CountingKernel otherCalls = new CountingKernel(kernel);
    private TestDispatcher first;
    private TestDispatcher other;
    private DatagramChannel channel;
    private DatagramChannel before;

    @BeforeEach
    void open() throws IOException {
        first = new TestDispatcher(firstCalls);
        other = new TestDispatcher(otherCalls);
        channel = DatagramChannel.open();
        channel.configureBlocking(false);
        before = DatagramChannel.open();
        before.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        first.close();
        other.close();
        channel.close();
        before.close();
    }

    private ChannelKnote register(TestDispatcher queue, int ops) throws IOException {
        return queue.channels.register(channel, ops, null);
    }

    private void arrive() {
        kernel.arrive(JdkChannels.descriptor(channel), Events.IN);
    }

    private static int poll(TestDispatcher queue) throws IOException {
        return take(queue, 0, 0);
    }

    private static int take(TestDispatcher queue, int min, long nanos) throws IOException {
        return take(queue, new QueueBatch(queue.dispatcher, 1), min, nanos);
    }

    private static int take(TestDispatcher queue, QueueBatch batch, int min, long nanos) throws IOException {
        try {
            return queue.dispatcher.take(batch, min, 1, nanos);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts", e);
        }
    }

    /** Takes an event, to which the calling thread has not come yet. */
    private static QueueBatch take(TestDispatcher queue) throws IOException {
        QueueBatch batch = new QueueBatch(queue.dispatcher, 1);
        assertEquals(1, take(queue, batch, 0, 0));
        return batch;
    }

    /** An event of the channel is found by the first queue, and waits there for a thread that takes it. */
    private ChannelKnote found(int ops) throws IOException {
        first.channels.register(before, OP_READ, null);
        ChannelKnote knote = register(first, ops);
        register(other, ops);
        kernel.arrive(JdkChannels.descriptor(before), Events.IN);
        arrive();
        assertEquals(1, poll(first), "that of the channel before it");
        assertEquals(0, poll(other));
        return knote;
    }

    @Test
    void eventOfAKnoteThatIsDeletedIsFoundByAnotherQueue() throws IOException {
        found(OPS).delete();
        assertEquals(1, poll(other));
    }

    @Test
    void eventOfAKnoteThatIsDisabledIsFoundByAnotherQueue() throws IOException {
        found(OPS).disable();
        assertEquals(1, poll(other));
    }

    @Test
    void eventOfAKnoteThatIsTurnedOffIsFoundByAnotherQueue() throws IOException {
        found(OPS).interestOps(0);
        assertEquals(1, poll(other));
    }

    @Test
    void edgeOfAKnoteThatIsTurnedOffIsFoundByAnotherQueue() throws IOException {
        found(OPS | KeventOps.OP_EDGE).interestOps(OP_WAKE_ONE | KeventOps.OP_EDGE);
        assertEquals(1, poll(other));
    }

    @Test
    void eventInABatchOfAOneShotKnoteThatIsDeletedIsFoundByAnotherQueue() throws IOException {
        ChannelKnote knote = register(first, OPS | KeventOps.OP_ONESHOT);
        register(other, OPS);
        arrive();
        assertEquals(1, poll(first), "nobody comes to it");
        knote.delete();
        assertEquals(1, poll(other));
    }

    @Test
    void dispatchedEventThatCameBackIsFoundByAnotherQueueOnceItsKnoteIsDisabled() throws IOException {
        ChannelKnote knote = register(first, OPS | OP_DISPATCH);
        register(other, OPS);
        arrive();
        QueueBatch batch = take(first);
        batch.clear();
        assertEquals(0, poll(other));
        knote.disable();
        assertEquals(1, poll(other));
    }

    @Test
    void dispatchedEventThatComesBackIsFoundByAnotherQueueIfItsKnoteWasDisabled() throws IOException {
        ChannelKnote knote = register(first, OPS | OP_DISPATCH);
        register(other, OPS);
        arrive();
        QueueBatch batch = take(first);
        knote.disable();
        assertEquals(0, poll(other));
        batch.clear();
        assertEquals(1, poll(other));
    }

    @Test
    void eventOfAQueueThatIsClosedIsFoundByAnother() throws IOException {
        register(first, OPS);
        register(other, OPS);
        arrive();
        first.close();
        assertEquals(1, poll(other));
    }

    @Test
    void threadThatSleepsInAnotherQueueIsWoken() throws Exception {
        ChannelKnote knote = register(first, OPS);
        register(other, OPS);
        Background<Integer> sleeping = Background.start(() -> take(other, 1, Dispatcher.FOREVER));
        kernel.awaitWaiter();
        arrive();
        knote.delete();
        assertEquals(1, sleeping.result());
    }

    @Test
    void eventThatIsToldWhileAThreadWaitsForItIsFoundByAnotherQueue() throws Exception {
        ChannelKnote knote = register(first, OPS);
        register(other, OPS);
        arrive();
        kernel.onNextCollected(knote::disable);
        Background<Integer> sleeping = Background.start(() -> take(first, 1, Dispatcher.FOREVER));
        // it has found nothing, and sleeps again
        kernel.awaitWaiter();
        assertEquals(1, poll(other));
        first.close();
        assertEquals("ClosedQueueException", sleeping.failure().getClass().getSimpleName());
    }

    @Test
    void eventOfAKnoteThatTheKernelDoesNotLetGoOfIsFoundByAnotherQueue() throws IOException {
        ChannelKnote knote = register(first, OPS);
        register(other, OPS);
        // by who disables it, and by two that look: the first of them is told
        firstCalls.failNext(Call.REMOVE, 3);
        assertThrows(UncheckedIOException.class, knote::disable);
        assertThrows(IOException.class, () -> poll(first));
        assertEquals(0, poll(other), "it has looked, and found nothing yet");
        arrive();
        assertEquals(0, poll(first));
        assertEquals(1, poll(other));
    }

    @Test
    void eventThatASelectorHasNoUseForIsFoundByAQueue() throws IOException {
        first.close();
        other.close();
        try (KeventSelector selector = new KeventSelector(SelectorProvider.provider(), kernel);
                TestDispatcher queue = new TestDispatcher(kernel)) {
            SelectionKey key = KeventOps.register(channel, selector, OPS);
            selector.selectNow();
            register(queue, OPS);
            arrive();
            kernel.onNextCollected(() -> key.interestOps(OP_WAKE_ONE));
            assertEquals(0, selector.selectNow());
            assertEquals(1, poll(queue));
        }
    }

    @Test
    void eventThatAQueueHasNoUseForIsFoundByASelector() throws IOException {
        try (KeventSelector selector = new KeventSelector(SelectorProvider.provider(), kernel)) {
            ChannelKnote knote = found(OPS);
            KeventOps.register(channel, selector, OPS | KeventOps.OP_EDGE);
            other.close();
            assertEquals(1, selector.selectNow(), "that it is ready when it is registered");
            selector.selectedKeys().clear();
            assertEquals(0, selector.selectNow());
            knote.delete();
            assertEquals(1, selector.selectNow());
        }
    }

    @Test
    void eventThatIsHandledIsOfferedToNobody() throws IOException {
        ChannelKnote knote = register(first, OPS | OP_DISPATCH);
        register(other, OPS | OP_DISPATCH);
        arrive();
        assertEquals(1, poll(first));
        assertEquals(0, poll(other));
        otherCalls.reset();
        knote.disable();
        poll(other);
        assertEquals("{COLLECT=1}", otherCalls.calls(), "an offer is looked at by adding the channel anew");
    }

    @Test
    void channelThatIsClosedIsOfferedToNobody() throws Exception {
        found(OPS);
        Background<Integer> sleeping = Background.start(() -> take(other, 1, Dispatcher.FOREVER));
        kernel.awaitWaiter();
        otherCalls.reset();
        channel.close();
        assertEquals("{REMOVE=1}", otherCalls.calls(), "its own deletion, and nobody is woken");
        other.close();
        assertEquals("ClosedQueueException", sleeping.failure().getClass().getSimpleName());
    }

    @Test
    void queuesThatLeaveToEachOtherDoNotBlockEachOther() throws Exception {
        arrive();
        Background<Integer> one = Background.start(() -> turnOffAndOn(first));
        Background<Integer> two = Background.start(() -> turnOffAndOn(other));
        assertEquals(1, one.result());
        assertEquals(1, two.result());
    }

    /** Returns how many events are there in the end. */
    private int turnOffAndOn(TestDispatcher queue) throws IOException {
        ChannelKnote knote = register(queue, OPS);
        for (int i = 0; i < 2_000; i++) {
            knote.disable();
            knote.enable();
            poll(queue);
        }
        return poll(queue);
    }
}
