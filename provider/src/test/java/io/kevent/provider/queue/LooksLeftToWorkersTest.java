// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.ChannelKnote;
import io.kevent.KeventOps;
import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.CountingKernel;
import io.kevent.provider.kernel.JdkKernel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A thread enables a knote in the midst of its events, and another one sleeps. */
class LooksLeftToWorkersTest {
    private static final int SOME = 10;

    private final CountingKernel kernel = new CountingKernel(JdkKernel.INSTANCE);
    private final List<Pipe> pipes = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private TestDispatcher queue;
    private Dispatcher dispatcher;
    private QueueBatch own;

    @BeforeEach
    void open() throws IOException {
        queue = new TestDispatcher(kernel, Background.LIMIT);
        dispatcher = queue.dispatcher;
        own = new QueueBatch(dispatcher, SOME);
    }

    @AfterEach
    void close() throws IOException {
        end.countDown();
        queue.close();
        for (Pipe pipe : pipes) {
            pipe.sink().close();
            pipe.source().close();
        }
    }

    private ChannelKnote register(int options) throws IOException {
        Pipe pipe = Pipe.open();
        pipes.add(pipe);
        pipe.source().configureBlocking(false);
        return queue.channels.register(pipe.source(), OP_READ | options, pipe);
    }

    private static void send(ChannelKnote knote) throws IOException {
        ((Pipe) knote.attachment()).sink().write(ByteBuffer.allocate(1));
    }

    private static void read(ChannelKnote knote) throws IOException {
        assertEquals(1, ((Pipe) knote.attachment()).source().read(ByteBuffer.allocate(1)));
    }

    /** One event of each of some knotes, of which the test's thread has come to the first. */
    private List<ChannelKnote> takeSome() throws Exception {
        List<ChannelKnote> knotes = new ArrayList<>();
        for (int i = 0; i < SOME; i++) {
            knotes.add(register(KeventOps.OP_DISPATCH));
            send(knotes.get(i));
        }
        assertEquals(SOME, dispatcher.take(own, SOME, SOME, Dispatcher.FOREVER));
        assertTrue(own.next());
        return knotes;
    }

    /** As many changes come as under load, in the midst of events; they let nothing be found. */
    private void load(ChannelKnote drained) {
        for (int i = 0; i < Postponement.FULL_LOAD; i++) {
            drained.enable();
        }
    }

    /** Another thread waits; it fell asleep before there was load. */
    private Background<Object> startTaking() {
        return Background.start(queue::takeOne).untilWatching();
    }

    /**
     * Another thread waits, which was woken once since there is load.
     *
     * @param asleep what it does before it waits again, on its way into the kernel
     */
    private Background<Object> startTakingUnderLoad(Runnable asleep) throws Exception {
        ChannelKnote first = register(KeventOps.OP_EDGE);
        CountDownLatch inKernel = new CountDownLatch(1);
        Background<Object> waiting = Background.<Object>start(() -> {
            assertSame(first, queue.takeOne());
            kernel.beforeNext(Call.WAIT, () -> {
                inKernel.countDown();
                asleep.run();
            });
            return queue.takeOne();
        }).untilWatching();
        load(first);
        send(first);
        assertTrue(inKernel.await(30, TimeUnit.SECONDS));
        return waiting;
    }

    /** Another thread sleeps, for as long as the test lasts, and believes that it does so no longer than it may under load. */
    private void startSleepingUnderLoad() throws Exception {
        startTakingUnderLoad(() -> {
            try {
                assertTrue(end.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        kernel.reset();
    }

    @Test
    void kernelIsNotAskedUnderLoad() throws Exception {
        ChannelKnote knote = takeSome().get(0);
        read(knote);
        startSleepingUnderLoad();
        knote.enable();
        assertEquals(0, kernel.count(Call.PROBE));
    }

    @Test
    void kernelIsAskedWithTheLastEvent() throws Exception {
        ChannelKnote knote = takeSome().get(0);
        read(knote);
        startSleepingUnderLoad();
        for (int i = 1; i < SOME; i++) {
            assertTrue(own.next());
        }
        knote.enable();
        assertEquals(1, kernel.count(Call.PROBE));
    }

    @Test
    void kernelIsAskedInASectionThatMayBlock() throws Exception {
        ChannelKnote knote = takeSome().get(0);
        read(knote);
        startSleepingUnderLoad();
        assertEquals(1, dispatcher.blocking(() -> {
            kernel.reset();
            knote.enable();
            return kernel.count(Call.PROBE);
        }));
    }

    @Test
    void kernelIsAskedByAThreadThatHasNoEvents() throws Exception {
        ChannelKnote knote = takeSome().get(0);
        read(knote);
        startSleepingUnderLoad();
        assertSame(knote, Background.start(knote::enable).result());
        assertEquals(1, kernel.count(Call.PROBE));
    }

    @Test
    void kernelIsNotAskedWhileAThreadIsOnItsWayThatWillLook() throws Exception {
        ChannelKnote knote = takeSome().get(0);
        read(knote);
        startSleepingUnderLoad();
        queue.users.register(0, null).trigger();
        assertSame(knote, Background.start(knote::enable).result());
        assertEquals(0, kernel.count(Call.PROBE));
    }

    @Test
    void kernelIsAskedForOneThatFellAsleepBeforeTheLoad() throws Exception {
        ChannelKnote ready = takeSome().get(0);
        Background<Object> waiting = startTaking();
        load(register(KeventOps.OP_EDGE));
        ready.enable();
        assertSame(ready, waiting.result());
    }

    @Test
    void whatIsStillReadyIsTakenByAnotherThreadWhenTheOneThatEnabledItIsStuck() throws Exception {
        ChannelKnote ready = takeSome().get(0);
        Background<Object> waiting = startTakingUnderLoad(() -> { });
        load(ready);
        assertSame(ready, waiting.result());
    }
}
