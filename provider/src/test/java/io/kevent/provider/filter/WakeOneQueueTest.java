// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.provider.queue.Background;
import io.kevent.provider.queue.TestQueue;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_WAKE_ONE;
import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** One listener in two queues, a thread waiting in each. */
class WakeOneQueueTest {
    private static final int CONNECTIONS = 50;

    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger wakes = new AtomicInteger();
    private TestQueue one;
    private TestQueue other;
    private ServerSocketChannel listener;

    @BeforeEach
    void open() throws IOException {
        one = new TestQueue();
        other = new TestQueue();
        listener = ChannelSource.listen();
        listener.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        one.close();
        other.close();
        listener.close();
    }

    private Background<Void> accept(KeventQueue queue) {
        return Background.start(() -> {
            EventBatch batch = queue.newBatch(1);
            for (;;) {
                queue.take(batch);
                batch.next();
                wakes.incrementAndGet();
                try (SocketChannel connection = listener.accept()) {
                    if (connection != null) {
                        accepted.incrementAndGet();
                    }
                }
            }
        });
    }

    /** How often the two threads were told of so many connections, which come one after another. */
    private int count(int options) throws Exception {
        one.queue.register(listener, OP_ACCEPT | options, null);
        other.queue.register(listener, OP_ACCEPT | options, null);
        Background<Void> first = accept(one.queue);
        Background<Void> second = accept(other.queue);
        for (int i = 1; i <= CONNECTIONS; i++) {
            first.untilWatching();
            second.untilWatching();
            SocketChannel.open(listener.getLocalAddress()).close();
            int connections = i;
            Background.until("the connection is accepted", () -> accepted.get() == connections);
        }
        first.untilWatching();
        second.untilWatching();
        return wakes.get();
    }

    @Test
    void wakeOneWakesOneOfTheTwo() throws Exception {
        // one that is about to go to sleep when a connection comes may find it as well, and be too late
        int told = count(OP_WAKE_ONE);
        assertTrue(told < CONNECTIONS * 3 / 2, () -> told + " of " + CONNECTIONS);
    }

    @Test
    void eachConnectionIsAcceptedOnceWithoutItAsWell() throws Exception {
        count(0);
        assertEquals(CONNECTIONS, accepted.get());
    }
}
