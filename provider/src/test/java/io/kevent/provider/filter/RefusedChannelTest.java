// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.ChannelKnote;
import io.kevent.KeventQueue;
import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.CountingKernel;
import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.queue.Background;
import io.kevent.provider.queue.Dispatcher;
import io.kevent.provider.queue.QueueBatch;
import io.kevent.provider.queue.TestDispatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The kernel refuses what is asked for a channel of a queue: nothing else suffers. */
class RefusedChannelTest {
    private final CountingKernel calls = new CountingKernel(JdkKernel.INSTANCE);
    private final List<Pipe> pipes = new ArrayList<>();
    private TestDispatcher queue;
    private Dispatcher dispatcher;
    private ChannelFilter channels;

    @BeforeEach
    void open() throws IOException {
        queue = new TestDispatcher(calls);
        dispatcher = queue.dispatcher;
        channels = queue.channels;
        for (int i = 0; i < 2; i++) {
            pipes.add(Pipe.open());
            pipes.get(i).source().configureBlocking(false);
        }
    }

    @AfterEach
    void close() throws IOException {
        queue.close();
        for (Pipe pipe : pipes) {
            pipe.source().close();
            pipe.sink().close();
        }
    }

    @Test
    void refusedRegistrationLeavesTheKnoteAsItWas() throws Exception {
        Pipe pipe = pipes.get(0);
        ChannelKnote knote = channels.register(pipe.source(), OP_READ | KeventQueue.priority(1), "before");
        calls.failNext(Call.MODIFY);
        assertThrows(IOException.class, () -> channels.register(pipe.source(), OP_READ | OP_EDGE | KeventQueue.priority(5), "after"));
        assertEquals("before", knote.attachment());
        assertEquals(1, knote.priority());
        assertEquals(OP_READ, knote.interestOps());
        QueueBatch batch = new QueueBatch(dispatcher, 1);
        pipe.sink().write(ByteBuffer.allocate(1));
        for (int i = 0; i < 2; i++) {
            // by level, as it is still there
            assertEquals(1, dispatcher.take(batch, 0, 1, 0));
            assertTrue(batch.next());
            assertEquals("before", batch.attachment());
        }
    }

    @Test
    void eventThatComesBackAfterARefusedRegistrationIsToldAgain() throws Exception {
        Pipe pipe = pipes.get(0);
        channels.register(pipe.source(), OP_READ | OP_DISPATCH, null);
        QueueBatch batch = new QueueBatch(dispatcher, 1);
        pipe.sink().write(ByteBuffer.allocate(1));
        assertEquals(1, dispatcher.take(batch, 0, 1, 0));
        calls.failNext(Call.MODIFY);
        assertThrows(IOException.class, () -> channels.register(pipe.source(), OP_READ | OP_EDGE, null));
        batch.clear();
        assertEquals(1, dispatcher.take(batch, 0, 1, 0));
    }

    @Test
    void refusedChangeIsTriedAgainWhileAThreadSleeps() throws Exception {
        Pipe pipe = pipes.get(0);
        ChannelKnote knote = channels.register(pipe.source(), OP_READ | KeventQueue.DISABLED, null);
        pipe.sink().write(ByteBuffer.allocate(1));
        Background<Integer> waiting = Background.start(() -> {
            QueueBatch batch = new QueueBatch(dispatcher, 1);
            // told of it, as it was there when the change was tried again
            assertThrows(IOException.class, () -> dispatcher.take(batch, 1, 1, Dispatcher.FOREVER));
            return dispatcher.take(batch, 1, 1, Dispatcher.FOREVER);
        });
        waiting.untilWatching();
        // once for who enables it, once for who looks for the thread that sleeps, once for that
        calls.failNext(Call.ADD, 3);
        assertThrows(UncheckedIOException.class, knote::enable);
        assertEquals(1, waiting.result());
    }

    @Test
    void refusedRemovalLetsGoOfTheChannelNonetheless() throws Exception {
        ChannelKnote knote = channels.register(pipes.get(0).source(), OP_READ, null);
        calls.failNext(Call.REMOVE);
        assertThrows(RuntimeException.class, knote::delete);
        assertFalse(pipes.get(0).source().isRegistered());
    }

    @Test
    void closeThatIsRefusedOneRemovalGoesOnWithTheOthers() throws Exception {
        for (Pipe pipe : pipes) {
            channels.register(pipe.source(), OP_READ, null);
        }
        dispatcher.shut();
        calls.failNext(Call.REMOVE);
        assertThrows(IOException.class, channels::close);
        pipes.forEach(pipe -> assertFalse(pipe.source().isRegistered()));
    }
}
