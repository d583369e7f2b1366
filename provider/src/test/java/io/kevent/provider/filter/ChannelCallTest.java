// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.ChannelKnote;
import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.CountingKernel;
import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.queue.Dispatcher;
import io.kevent.provider.queue.QueueBatch;
import io.kevent.provider.queue.TestDispatcher;
import io.kevent.provider.selector.ReadLearning;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the events of a channel cost in calls that enter the kernel. */
class ChannelCallTest {
    private final CountingKernel calls = new CountingKernel(JdkKernel.INSTANCE);
    private TestDispatcher queue;
    private Dispatcher dispatcher;
    private ChannelFilter channels;
    private QueueBatch batch;
    private Pipe pipe;

    @BeforeEach
    void open() throws IOException {
        queue = new TestDispatcher(calls);
        dispatcher = queue.dispatcher;
        channels = queue.channels;
        batch = new QueueBatch(dispatcher, 4);
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        queue.close();
        pipe.source().close();
        pipe.sink().close();
    }

    private int poll() throws Exception {
        return dispatcher.take(batch, 0, batch.capacity(), 0);
    }

    private void arrive() throws IOException {
        pipe.sink().write(ByteBuffer.allocate(1));
    }

    private void read() throws IOException {
        assertEquals(1, pipe.source().read(ByteBuffer.allocate(2)));
    }

    /** As the agent tells of it. */
    private void readSeen() throws IOException {
        SelectionKey[] keys = {pipe.source().keyFor(dispatcher.watch().selector())};
        Object read = ReadLearning.beginRead(keys, foreign -> null);
        read();
        ReadLearning.endRead(read, true, true);
    }

    /** Delivered once, and all counts begun anew. */
    private ChannelKnote delivered(int options) throws Exception {
        ChannelKnote knote = channels.register(pipe.source(), OP_READ | options, null);
        arrive();
        assertEquals(1, poll());
        assertTrue(batch.next());
        batch.clear();
        calls.reset();
        return knote;
    }

    @Test
    void eventThatIsThereCostsOneLook() throws Exception {
        ChannelKnote knote = delivered(OP_DISPATCH);
        read();
        knote.enable();
        poll();
        calls.reset();
        arrive();
        assertEquals(1, poll());
        assertEquals(1, calls.count(Call.COLLECT));
        assertEquals(0, calls.count(Call.PROBE) + calls.registrationCalls());
    }

    @Test
    void enablingOfADispatchedChannelIsVerifiedByOneProbe() throws Exception {
        ChannelKnote knote = delivered(OP_DISPATCH);
        read();
        knote.enable();
        assertEquals(0, poll());
        assertEquals(1, calls.count(Call.PROBE));
        assertEquals(0, calls.registrationCalls());
    }

    @Test
    void channelThatIsKnownToBeDrainedIsNotVerified() throws Exception {
        ChannelKnote knote = delivered(OP_DISPATCH);
        readSeen();
        knote.enable();
        assertEquals(0, poll());
        assertEquals(0, calls.count(Call.PROBE) + calls.registrationCalls());
    }

    @Test
    void channelThatIsKnownToBeUnreadIsNotVerified() throws Exception {
        ChannelKnote knote = delivered(OP_DISPATCH);
        readSeen();
        arrive();
        assertEquals(0, poll());
        knote.enable();
        assertEquals(1, poll());
        assertEquals(0, calls.count(Call.PROBE) + calls.registrationCalls());
    }

    @Test
    void edgesAreNeverVerified() throws Exception {
        delivered(OP_EDGE);
        read();
        arrive();
        assertEquals(1, poll());
        assertEquals(0, calls.count(Call.PROBE) + calls.registrationCalls());
    }

    @Test
    void whatIsInTheRingIsTakenWithoutTheKernel() throws Exception {
        queue.users.register(0, null).trigger();
        calls.reset();
        assertEquals(1, poll());
        assertEquals("{}", calls.calls());
    }
}
