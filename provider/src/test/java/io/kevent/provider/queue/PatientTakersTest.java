// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.UserKnote;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.kernel.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A thread that waits for several events holds none of them while it sleeps. */
class PatientTakersTest {

    private TestDispatcher queue;
    private Dispatcher dispatcher;
    private ServerSocketChannel listener;

    /** Registered for connecting and reading; not finished when the test begins. */
    private SocketChannel client;

    @BeforeEach
    void connect() throws IOException {
        queue = new TestDispatcher(JdkKernel.INSTANCE);
        dispatcher = queue.dispatcher;
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        client = SocketChannel.open();
        client.configureBlocking(false);
        client.connect(listener.getLocalAddress());
        queue.channels.register(client, SelectionKey.OP_CONNECT | SelectionKey.OP_READ, null);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        listener.close();
        queue.close();
    }

    private Background<Integer> takeTwo() {
        return Background.start(() -> dispatcher.take(new QueueBatch(dispatcher, 2), 2, 2, Dispatcher.FOREVER));
    }

    @Test
    void eventBesideOneThatCameToNothingIsThereForOthers() throws Exception {
        Background<Integer> patient = takeTwo();
        Background.until("the connection is found", () -> ready() == 1);
        patient.untilWatching();
        // nothing that the knote waits for is ready any more
        client.finishConnect();
        UserKnote user = queue.users.register(0, null);
        user.trigger();
        Background.until("the thread that waits for two has looked", () -> ready() < 2);
        QueueBatch batch = new QueueBatch(dispatcher, 1);
        assertEquals(1, dispatcher.take(batch, 1, 1, Background.LIMIT.toNanos()));
        assertTrue(batch.next());
        assertSame(user, batch.knote());
        try (SocketChannel server = listener.accept()) {
            server.write(ByteBuffer.allocate(1));
            assertEquals(1, dispatcher.take(batch, 1, 1, Background.LIMIT.toNanos()), "what comes later is told");
            assertTrue(batch.next());
            assertEquals(SelectionKey.OP_READ, batch.readyOps());
        }
    }

    @Test
    void whatStoodBehindOneThatCameToNothingIsToldToThoseThatWaitForSeveral() throws Exception {
        Background<Integer> watcher = takeTwo();
        Background.until("the connection is found", () -> ready() == 1);
        watcher.untilWatching();
        Background<Integer> standby = takeTwo().untilStandingBy();
        try (SocketChannel server = listener.accept()) {
            // found while the connection stands in the ring
            server.write(ByteBuffer.allocate(1));
            Background.until("the watcher has been told", () -> !isReadable(dispatcher.watch().descriptor()));
            watcher.untilWatching();
            client.finishConnect();
            queue.users.register(0, null).trigger();
            Background.until("one of the two is back", () -> watcher.isDone() || standby.isDone());
            assertEquals(2, (watcher.isDone() ? watcher : standby).result(), "what can be read and what was triggered");
        }
    }

    private static boolean isReadable(int descriptor) {
        Probe probe = JdkKernel.INSTANCE.openProbe();
        try {
            probe.ask(0, descriptor, Events.IN);
            probe.run(1);
            return probe.answer(0) != 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            probe.close();
        }
    }

    private int ready() {
        dispatcher.lock();
        try {
            return dispatcher.ready().size();
        } finally {
            dispatcher.unlock();
        }
    }
}
