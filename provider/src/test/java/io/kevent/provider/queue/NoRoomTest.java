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
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** As many threads work as the limit of concurrency says: nobody is woken for what nobody may take. */
class NoRoomTest {
    private final CountingKernel kernel = new CountingKernel(JdkKernel.INSTANCE);
    private TestDispatcher queue;
    private Dispatcher dispatcher;
    private Pipe pipe;
    private ChannelKnote knote;
    private QueueBatch own;
    private Background<Object> waiting;

    /** The test's thread works, and another one waits. */
    private void open() throws Exception {
        open(() -> { });
    }

    private void open(Runnable beforeItWaits) throws Exception {
        queue = new TestDispatcher(kernel, Background.LIMIT, 1);
        dispatcher = queue.dispatcher;
        own = new QueueBatch(dispatcher, 1);
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        queue.users.register(0, null).trigger();
        assertEquals(1, dispatcher.take(own, 0, 1, 0));
        assertTrue(own.next());
        knote = queue.channels.register(pipe.source(), OP_READ | KeventOps.OP_DISPATCH, null);
        beforeItWaits.run();
        kernel.reset();
        waiting = Background.start(queue::takeOne).untilStandingBy();
    }

    @AfterEach
    void close() throws IOException {
        queue.close();
        pipe.sink().close();
        pipe.source().close();
    }

    private void send() throws IOException {
        pipe.sink().write(ByteBuffer.allocate(1));
    }

    @Test
    void eventsOfTheKernelWakeNobody() throws Exception {
        open();
        send();
        own.clear();
        assertSame(knote, waiting.result());
        assertEquals(1, kernel.count(Call.MODIFY), "armed when there was room again, and not before");
    }

    @Test
    void threadThatComesBackFindsThemItself() throws Exception {
        open();
        send();
        assertEquals(1, dispatcher.take(own, 1, 1, Dispatcher.FOREVER));
        assertTrue(own.next());
        assertSame(knote, own.knote());
        waiting.untilStandingBy();
        assertEquals(1, kernel.told());
    }

    @Test
    void timerThatIsSetCallsNobody() throws Exception {
        open(() -> queue.timers.register(Duration.ofSeconds(20).plusNanos(1), null, 0, null));
        assertEquals("{WAIT=1}", kernel.calls());
    }

    @Test
    void whatHasHappenedByTheClockIsTakenOnceThereIsRoom() throws Exception {
        open();
        Object timer = queue.timers.register(Duration.ofMillis(1), null, 0, null);
        own.clear();
        assertSame(timer, waiting.result());
    }

    @Test
    void threadThatMayTakeNothingDoesNotAskTheKernel() throws Exception {
        open();
        send();
        QueueBatch others = new QueueBatch(dispatcher, 1);
        assertEquals(0, Background.start(() -> dispatcher.take(others, 0, 1, 0)).result());
        assertEquals(0, kernel.told());
    }

    @Test
    void sectionThatMayBlockMakesRoomForThem() throws Exception {
        open();
        send();
        assertSame(knote, dispatcher.blocking(waiting::result));
    }

    @Test
    void channelThatIsEnabledIsNotLookedAt() throws Exception {
        open();
        send();
        assertEquals(1, dispatcher.take(own, 1, 1, Dispatcher.FOREVER));
        assertTrue(own.next());
        kernel.reset();
        knote.enable();
        assertEquals("{}", kernel.calls());
        own.clear();
        assertSame(knote, waiting.result());
    }
}
