// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.ChannelKnote;
import io.kevent.provider.kernel.JdkKernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_ONESHOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The thread that watches the kernel learns what others do, while it sleeps and on its way there. */
class WatcherTest {

    /** Has something run by whoever takes it next, before it goes on. */
    private static final class MeddledLock extends ReentrantLock {
        private static final long serialVersionUID = 1;
        private transient Runnable meddling;

        @Override
        public void lock() {
            super.lock();
            if (meddling != null) {
                Runnable once = meddling;
                meddling = null;
                once.run();
            }
        }
    }

    @Test
    void doesNotSleepIfItWasCalledOnItsWayAndNotWokenYet() throws Exception {
        SelectorProvider provider = SelectorProvider.provider();
        MeddledLock lock = new MeddledLock();
        ReadyRings ready = new ReadyRings();
        KernelWatch watch = new KernelWatch(JdkKernel.INSTANCE, provider);
        Standby standby = new Standby(JdkKernel.INSTANCE, provider, watch.descriptor());
        Sleepers sleepers = new Sleepers(lock, watch, ready, new Workers(Integer.MAX_VALUE), standby, () -> Deadline.FOREVER);
        try (TestQueue events = new TestQueue()) {
            Waiter waiter = Background.start(() -> {
                Waiter self = new Waiter(Thread.currentThread());
                self.min = 1;
                lock.lock();
                try {
                    sleepers.comes(self);
                    // it lets others run, and takes the lock again to go to sleep
                    lock.meddling = () -> {
                        ready.add((QueueKnote) events.queue.user(0, null));
                        assertSame(self, sleepers.choose());
                    };
                    sleepers.watchKernel(self, Deadline.FOREVER);
                } finally {
                    lock.unlock();
                }
                return self;
            }).result();
            sleepers.rouse(waiter);
        } finally {
            standby.close();
            watch.close();
        }
    }

    @Test
    void looksAgainIfItWasHurriedOnItsWayThoughSomethingWasUndecidedThen() throws Exception {
        MeddledLock lock = new MeddledLock();
        try (TestDispatcher queue = new TestDispatcher(JdkKernel.INSTANCE);
                ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
                SocketChannel client = SocketChannel.open()) {
            client.configureBlocking(false);
            client.connect(listener.getLocalAddress());
            queue.channels.register(client, SelectionKey.OP_WRITE, null);
            KernelWatch watch = queue.dispatcher.watch();
            // connected as far as the kernel knows, and not finished: nobody tells when it is
            while (watch.longestWaitMillis() < 0) {
                queue.dispatcher.take(new QueueBatch(queue.dispatcher, 1), 0, 1, 0);
            }
            Standby standby = new Standby(JdkKernel.INSTANCE, SelectorProvider.provider(), watch.descriptor());
            try {
                Sleepers sleepers = new Sleepers(lock, watch, new ReadyRings(), new Workers(Integer.MAX_VALUE), standby, () -> Deadline.FOREVER);
                Background.start(() -> {
                    Waiter self = new Waiter(Thread.currentThread());
                    self.min = 1;
                    lock.lock();
                    try {
                        sleepers.comes(self);
                        lock.meddling = () -> {
                            close(client);
                            sleepers.hurry(TimeUnit.SECONDS.toNanos(1));
                        };
                        sleepers.watchKernel(self, Deadline.FOREVER);
                    } finally {
                        lock.unlock();
                    }
                    return self;
                }).result();
            } finally {
                standby.close();
            }
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noticesAConnectionThatIsFinishedAfterItsInterestWasChanged() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        try (TestDispatcher queue = new TestDispatcher(JdkKernel.INSTANCE);
                ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
                SocketChannel client = SocketChannel.open()) {
            client.configureBlocking(false);
            client.connect(listener.getLocalAddress());
            ChannelKnote knote = queue.channels.register(client, SelectionKey.OP_CONNECT | OP_ONESHOT, null);
            Background<Integer> watcher = Background.start(() -> {
                QueueBatch batch = new QueueBatch(queue.dispatcher, 1);
                queue.dispatcher.take(batch, 1, 1, Dispatcher.FOREVER);
                assertTrue(batch.next());
                connected.countDown();
                queue.dispatcher.take(batch, 1, 1, Dispatcher.FOREVER);
                assertTrue(batch.next());
                return batch.readyOps();
            });
            assertTrue(connected.await(30, TimeUnit.SECONDS));
            watcher.untilWatching();
            // the kernel has told that it can be written to, and does not tell it again
            knote.interestOps(SelectionKey.OP_WRITE | OP_DISPATCH);
            client.finishConnect();
            assertEquals(SelectionKey.OP_WRITE, watcher.result());
        }
    }
}
