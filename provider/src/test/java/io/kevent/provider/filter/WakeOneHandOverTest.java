// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.ChannelKnote;
import io.kevent.ClosedQueueException;
import io.kevent.EventBatch;
import io.kevent.KeventOps;
import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.queue.Background;
import io.kevent.provider.queue.TestQueue;
import io.kevent.provider.selector.KeventSelector;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_WAKE_ONE;
import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Two queues and a selector on one listener, a thread waiting in each, of which an event wakes one: one after the other lets go of it while connections come. */
class WakeOneHandOverTest {
    private static final int OPS = OP_ACCEPT | OP_WAKE_ONE;
    private static final int CONNECTIONS = 1_000;
    private static final long SEED = 20_261_129;

    private final AtomicInteger accepted = new AtomicInteger();
    private final List<TestQueue> queues = new ArrayList<>();
    private final List<Background<Void>> threads = new ArrayList<>();
    private KeventSelector selector;
    private ServerSocketChannel listener;

    /** One of those that watch, which is turned off and on. */
    private interface Watch {
        void turn(boolean on) throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        queues.add(new TestQueue());
        queues.add(new TestQueue());
        selector = new KeventSelector(SelectorProvider.provider(), JdkKernel.INSTANCE);
        listener = ChannelSource.listen();
        listener.configureBlocking(false);
    }

    @AfterEach
    void close() throws Exception {
        for (TestQueue queue : queues) {
            queue.close();
        }
        selector.close();
        for (Background<Void> thread : threads) {
            thread.result();
        }
        listener.close();
    }

    private void acceptAll() throws IOException {
        for (SocketChannel connection = listener.accept(); connection != null; connection = listener.accept()) {
            connection.close();
            accepted.incrementAndGet();
        }
    }

    private Watch acceptBy(TestQueue queue) throws IOException {
        ChannelKnote knote = queue.queue.register(listener, OPS, null);
        threads.add(Background.start(() -> {
            EventBatch batch = queue.queue.newBatch(1);
            try {
                for (;;) {
                    queue.queue.take(batch);
                    batch.next();
                    acceptAll();
                }
            } catch (ClosedQueueException e) {
                return null;
            }
        }));
        return on -> {
            if (on) {
                knote.enable();
            } else {
                knote.disable();
            }
        };
    }

    private Watch acceptBySelector() throws IOException {
        SelectionKey key = KeventOps.register(listener, selector, OPS);
        threads.add(Background.start(() -> {
            try {
                for (;;) {
                    selector.select();
                    selector.selectedKeys().clear();
                    acceptAll();
                }
            } catch (ClosedSelectorException e) {
                return null;
            }
        }));
        return on -> key.interestOps(on ? OPS : 0);
    }

    @Test
    void noConnectionIsLeftToWhoLetGo() throws Exception {
        List<Watch> watches = List.of(acceptBy(queues.get(0)), acceptBy(queues.get(1)), acceptBySelector());
        Random random = new Random(SEED);
        for (int i = 1; i <= CONNECTIONS; i++) {
            threads.forEach(Background::untilAsleep);
            Watch lettingGo = watches.get(random.nextInt(watches.size()));
            Background<Void> connecting = Background.start(() -> {
                SocketChannel.open(listener.getLocalAddress()).close();
                return null;
            });
            lettingGo.turn(false);
            connecting.result();
            int connections = i;
            Background.until("connection " + i + " is accepted by one of the two others", () -> accepted.get() >= connections);
            assertEquals(i, accepted.get());
            lettingGo.turn(true);
        }
    }
}
