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
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A thread that waits for several events holds none of them while it sleeps. */
class PatientTakersTest {

    @Test
    void eventBesideOneThatCameToNothingIsThereForOthers() throws Exception {
        try (TestDispatcher queue = new TestDispatcher(JdkKernel.INSTANCE);
                ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
                SocketChannel client = SocketChannel.open()) {
            Dispatcher dispatcher = queue.dispatcher;
            client.configureBlocking(false);
            client.connect(listener.getLocalAddress());
            queue.channels.register(client, SelectionKey.OP_CONNECT | SelectionKey.OP_READ, null);
            Background<Integer> patient = Background.start(() -> dispatcher.take(new QueueBatch(dispatcher, 2), 2, 2, Dispatcher.FOREVER));
            Background.until("the connection is found", () -> ready(dispatcher) == 1);
            patient.untilWatching();
            // nothing that the knote waits for is ready any more
            client.finishConnect();
            UserKnote user = queue.users.register(0, null);
            user.trigger();
            Background.until("the thread that waits for two has looked", () -> ready(dispatcher) < 2);
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
    }

    @Test
    void whatStoodBehindOneThatCameToNothingIsToldToThoseThatWaitForSeveral() throws Exception {
        try (TestDispatcher queue = new TestDispatcher(JdkKernel.INSTANCE);
                ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
                SocketChannel client = SocketChannel.open()) {
            Dispatcher dispatcher = queue.dispatcher;
            client.configureBlocking(false);
            client.connect(listener.getLocalAddress());
            queue.channels.register(client, SelectionKey.OP_CONNECT | SelectionKey.OP_READ, null);
            Background<Integer> watcher = Background.start(() -> dispatcher.take(new QueueBatch(dispatcher, 2), 2, 2, Dispatcher.FOREVER));
            Background.until("the connection is found", () -> ready(dispatcher) == 1);
            watcher.untilWatching();
            Background<Integer> standby = Background.start(() -> dispatcher.take(new QueueBatch(dispatcher, 2), 2, 2, Dispatcher.FOREVER)).untilStandingBy();
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

    private static int ready(Dispatcher dispatcher) {
        dispatcher.lock();
        try {
            return dispatcher.ready().size();
        } finally {
            dispatcher.unlock();
        }
    }
}
