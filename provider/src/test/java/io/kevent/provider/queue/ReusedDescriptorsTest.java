// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.provider.queue.ServedConnection.End;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Connections that come and go quickly, so that their descriptors are used again at once: each event is of the connection that its attachment names. */
class ReusedDescriptorsTest {
    private static final int CONNECTIONS = Load.times(3_500);
    private static final int TAKERS = 3;
    private static final int CLIENTS = 3;
    private static final int MESSAGES = 2;

    private final Crew crew = new Crew();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger ended = new AtomicInteger();
    private final Map<Long, ServedConnection> known = new ConcurrentHashMap<>();
    private volatile boolean over;

    // ---- the server

    private void serve(KeventQueue queue) throws Exception {
        EventBatch batch = queue.newBatch(4);
        while (!over) {
            queue.take(batch, 1, 4, 10, TimeUnit.MILLISECONDS);
            while (batch.next()) {
                if (batch.attachment() instanceof ServerSocketChannel) {
                    accept(queue, (ServerSocketChannel) batch.attachment());
                    batch.knote().enable();
                } else {
                    ServedConnection connection = (ServedConnection) batch.attachment();
                    if (connection.handle(batch)) {
                        known.put(connection.number(), connection);
                    }
                }
            }
        }
    }

    private void accept(KeventQueue queue, ServerSocketChannel listener) throws IOException {
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            new ServedConnection(channel, ended::incrementAndGet).register(queue);
        }
    }

    // ---- the clients

    private void connect(InetSocketAddress address) throws Exception {
        for (long number = numbers.incrementAndGet(); number <= CONNECTIONS && crew.isWell(); number = numbers.incrementAndGet()) {
            try (SocketChannel channel = SocketChannel.open(address)) {
                // a message in two parts must not wait for the acknowledgement of the first
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                for (int i = 0; i < MESSAGES; i++) {
                    exchange(channel, number);
                }
                end(channel, number);
            }
        }
    }

    private static void exchange(SocketChannel channel, long number) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(ServedConnection.MESSAGE).putLong(0, number);
        // in two parts, now and then
        message.limit(number % 3 == 0 ? 3 : message.capacity());
        channel.write(message);
        channel.write(message.limit(message.capacity()));
        message.clear();
        while (message.hasRemaining() && channel.read(message) >= 0) { }
        assertEquals(0, message.remaining(), "the answer is complete");
        assertEquals(number, message.getLong(0), "another connection's answer");
    }

    private void end(SocketChannel channel, long number) throws Exception {
        End end = End.of(number);
        if (end == End.PEER_RESETS) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } else if (end != End.PEER_CLOSES) {
            crew.await("the server knows connection " + number, () -> end == End.CLOSE || end == End.DELETE_AND_CLOSE || known.containsKey(number));
            ServedConnection connection = known.get(number);
            if (connection != null) {
                connection.endByOthers();
            }
            assertEquals(-1, channel.read(ByteBuffer.allocate(1)), "end of stream");
        }
        known.remove(number);
    }

    private void serveAll() throws Exception {
        try (KeventQueue queue = KeventQueue.open(); ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
            queue.register(listener, OP_ACCEPT | OP_DISPATCH, listener);
            for (int i = 0; i < TAKERS; i++) {
                crew.start("taker " + i, () -> serve(queue));
            }
            for (int i = 0; i < CLIENTS; i++) {
                crew.start("client " + i, () -> connect((InetSocketAddress) listener.getLocalAddress()));
            }
            crew.await("the end of all connections", () -> ended.get() == CONNECTIONS);
            over = true;
            crew.join();
        }
    }

    /** What the JDK opens once for itself must not be counted. */
    private static void openEverythingOnce() throws IOException {
        try (KeventQueue queue = KeventQueue.open(); ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (SocketChannel near = SocketChannel.open(listener.getLocalAddress()); SocketChannel far = listener.accept()) {
                near.configureBlocking(false);
                queue.register(near, 0, far);
                queue.poll(queue.newBatch(1));
            }
        }
        OpenDescriptors.now();
    }

    @Test
    void eventsAreOfTheConnectionThatTheirAttachmentNamesAndNothingStaysOpen() throws Exception {
        openEverythingOnce();
        List<String> before = OpenDescriptors.now();
        serveAll();
        assertEquals(CONNECTIONS, ended.get());
        assertEquals(List.of(), OpenDescriptors.since(before));
    }
}
