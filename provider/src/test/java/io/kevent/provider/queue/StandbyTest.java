// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.ChannelKnote;
import io.kevent.KeventOps;
import io.kevent.UserKnote;
import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.CountingKernel;
import io.kevent.provider.kernel.JdkKernel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two threads wait, and the one that watches the kernel goes to work: what wakes the other one, which is on standby, and what does not. */
class StandbyTest {
    private static final String FOUND_LATE = "it is called at once, and does not find it when it looks for itself after a while";

    private final CountingKernel kernel = new CountingKernel(JdkKernel.INSTANCE);
    private final CountDownLatch atWork = new CountDownLatch(1);
    private final CountDownLatch workDone = new CountDownLatch(1);
    private TestDispatcher queue;
    private Dispatcher dispatcher;
    private Pipe pipe;
    private ChannelKnote knote;
    private Background<Integer> watching;
    private Background<Object> standing;

    private void open(Duration burials) throws IOException {
        queue = new TestDispatcher(kernel, burials);
        dispatcher = queue.dispatcher;
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
    }

    private void startTaking(int options) throws IOException {
        startTaking(options, Background.LIMIT);
    }

    /**
     * Two threads wait; the first works on its event until the test lets it come back.
     *
     * @param burials how often it is looked whether a thread that is at work has died: whoever goes to sleep meanwhile sleeps no longer
     */
    private void startTaking(int options, Duration burials) throws IOException {
        open(burials);
        knote = queue.channels.register(pipe.source(), OP_READ | options, null);
        startThreads();
    }

    private void startThreads() {
        watching = Background.start(() -> {
            QueueBatch batch = new QueueBatch(dispatcher, 1);
            dispatcher.take(batch, 1, 1, Dispatcher.FOREVER);
            assertTrue(batch.next());
            atWork.countDown();
            assertTrue(workDone.await(30, TimeUnit.SECONDS));
            return dispatcher.take(batch, 1, 1, Dispatcher.FOREVER);
        }).untilWatching();
        standing = Background.start(queue::takeOne).untilStandingBy();
    }

    /** An event comes, and the thread that watched has it in hand. */
    private void sendToWork() throws Exception {
        pipe.sink().write(ByteBuffer.allocate(1));
        assertTrue(atWork.await(30, TimeUnit.SECONDS));
    }

    @AfterEach
    void close() throws IOException {
        workDone.countDown();
        queue.close();
        pipe.sink().close();
        pipe.source().close();
    }

    @Test
    void threadThatComesBackBeforeTheNextEventLetsTheOtherSleep() throws Exception {
        startTaking(KeventOps.OP_EDGE);
        kernel.reset();
        sendToWork();
        workDone.countDown();
        watching.untilWatching();
        pipe.sink().write(ByteBuffer.allocate(1));
        assertEquals(1, watching.result());
        standing.untilStandingBy();
        assertEquals(2, kernel.told(), "two events for the one, and nothing for the other");
        assertEquals(3, kernel.count(Call.MODIFY), "armed when the one left, disarmed when it came back, armed again");
    }

    @Test
    void eventThatComesMeanwhileWakesIt() throws Exception {
        startTaking(KeventOps.OP_EDGE);
        kernel.reset();
        sendToWork();
        pipe.sink().write(ByteBuffer.allocate(1));
        assertSame(knote, standing.result());
        assertEquals(1, kernel.count(Call.MODIFY), "armed once, and silent by itself since");
    }

    @Test
    void timerThatIsSetMeanwhileWakesIt() throws Exception {
        startTaking(KeventOps.OP_EDGE);
        sendToWork();
        kernel.reset();
        Object timer = queue.timers.register(Duration.ofMillis(1), null, 0, null);
        assertEquals(1, kernel.count(Call.RING), FOUND_LATE);
        assertSame(timer, standing.result());
    }

    @Test
    void channelThatIsEnabledMeanwhileAndStillReadyWakesIt() throws Exception {
        startTaking(KeventOps.OP_DISPATCH);
        sendToWork();
        assertEnablingWakesIt();
    }

    private void assertEnablingWakesIt() throws Exception {
        kernel.reset();
        knote.enable();
        assertEquals(1, kernel.count(Call.RING), FOUND_LATE);
        assertSame(knote, standing.result());
    }

    @Test
    void channelThatIsTurnedOffAndOnMeanwhileAndStillReadyWakesIt() throws Exception {
        startTaking(0);
        sendToWork();
        knote.disable();
        assertEnablingWakesIt();
    }

    @Test
    void channelThatWasReportedAgainAndAgainToOneThreadLetsTheOtherSleep() throws Exception {
        open(Background.LIMIT);
        knote = queue.channels.register(pipe.source(), OP_READ, null);
        QueueBatch own = new QueueBatch(dispatcher, 1);
        for (int round = 0; round < 10; round++) {
            pipe.sink().write(ByteBuffer.allocate(1));
            assertEquals(1, dispatcher.take(own, 0, 1, 0));
            assertTrue(own.next());
            assertEquals(1, pipe.source().read(ByteBuffer.allocate(1)));
        }
        own.clear();
        startThreads();
        kernel.reset();
        sendToWork();
        workDone.countDown();
        assertEquals(1, watching.result(), "it is not read, and told again to who comes");
        standing.untilStandingBy();
        assertEquals(1, kernel.told(), "and to nobody before");
    }

    @Test
    void connectionThatIsToBeFinishedIsLookedAtByIt() throws Exception {
        startTaking(KeventOps.OP_EDGE);
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
                SocketChannel client = SocketChannel.open()) {
            client.configureBlocking(false);
            client.connect(listener.getLocalAddress());
            try (SocketChannel server = listener.accept()) {
                server.write(ByteBuffer.allocate(1));
                ChannelKnote connection = queue.channels.register(client, OP_READ | KeventOps.OP_DISPATCH, null);
                kernel.reset();
                sendToWork();
                assertEquals(1, kernel.count(Call.RING), FOUND_LATE);
                client.finishConnect();
                assertSame(connection, standing.result());
            }
        }
    }

    @Test
    void connectionThatIsToBeFinishedIsLookedAtByTheWatcherIfAnotherHasFoundIt() throws Exception {
        open(Background.LIMIT);
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
                SocketChannel client = SocketChannel.open()) {
            client.configureBlocking(false);
            client.connect(listener.getLocalAddress());
            ChannelKnote connection = queue.channels.register(client, OP_CONNECT | KeventOps.OP_DISPATCH, null);
            QueueBatch own = new QueueBatch(dispatcher, 1);
            assertEquals(1, dispatcher.take(own, 1, 1, Dispatcher.FOREVER));
            assertTrue(own.next());
            own.clear();
            CountDownLatch mayCome = new CountDownLatch(1);
            Background<Object> watcher = Background.start(queue::takeOne).untilWatching();
            standing = startTakingButNotCome(mayCome);
            UserKnote gone = queue.users.register(0, null);
            gone.trigger();
            connection.interestOps(OP_WRITE);
            gone.delete();
            kernel.reset();
            mayCome.countDown();
            Background.until("it has looked, and one of both sleeps anew", () -> kernel.count(Call.WAIT) > 0);
            assertTrue(client.finishConnect());
            assertSame(connection, watcher.result());
        }
    }

    /** A thread goes to sleep, and is called without coming before it may. */
    private Background<Object> startTakingButNotCome(CountDownLatch mayCome) {
        CountDownLatch asleep = new CountDownLatch(1);
        kernel.beforeNext(Call.WAIT, () -> {
            asleep.countDown();
            await(mayCome);
        });
        Background<Object> thread = Background.start(queue::takeOne);
        await(asleep);
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void endOfTheQueueSendsItAwayWhileTheOtherIsAtWork() throws Exception {
        startTaking(KeventOps.OP_EDGE);
        sendToWork();
        dispatcher.shut();
        assertEquals("ClosedQueueException", standing.failure().getClass().getSimpleName());
    }

    @Test
    void wakeOneChannelThatIsDisabledMeanwhileIsLeftToOtherQueues() throws Exception {
        startTaking(KeventOps.OP_EDGE | KeventOps.OP_WAKE_ONE | KeventOps.OP_DISPATCH);
        kernel.reset();
        sendToWork();
        assertEquals(1, kernel.count(Call.REMOVE));
    }

    @Test
    void oneThatSleepsLongerThanItMayIsCalledAndNoneThatIsParked() throws Exception {
        startTaking(KeventOps.OP_EDGE, Duration.ofMillis(1));
        Background.until("it sleeps on, without a bound since nobody is at work", () -> kernel.count(Call.WAIT) == 3);
        standing.untilStandingBy();
        Background<Integer> parked = Background.start(() -> dispatcher.take(new QueueBatch(dispatcher, 1), 1, 1, Dispatcher.FOREVER)).untilParked();
        kernel.reset();
        sendToWork();
        standing.untilWatching();
        assertEquals(1, kernel.count(Call.RING));
        parked.untilParked();
    }
}
