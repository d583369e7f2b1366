// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ByteBufferSend;
import org.apache.kafka.common.network.ChannelBuilder;
import org.apache.kafka.common.network.NetworkReceive;
import org.apache.kafka.common.network.NetworkSend;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.LogContext;

/** One connection of Kafka's network layer with a thread that polls it, as Kafka's clients have one: others hand it messages and wake it up. */
final class KafkaConnection {
    private static final String ID = "1";
    private static final int PATIENCE_SECONDS = 60;

    private final Metrics metrics = new Metrics();
    private final Queue<ByteBuffer> toSend = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private final Selector selector;
    private final Thread thread;
    private volatile boolean closing;

    KafkaConnection(ChannelBuilder channels, InetSocketAddress server) throws IOException {
        selector = new Selector(Selector.NO_IDLE_TIMEOUT_MS, metrics, Time.SYSTEM, "test", channels, new LogContext());
        selector.connect(ID, server, -1, -1);
        thread = new Thread(this::run, "kafka connection");
        thread.start();
    }

    /** Sends a message and waits for the one that comes back. */
    byte[] exchange(byte[] message) throws Exception {
        toSend.add(ByteBuffer.wrap(message));
        selector.wakeup();
        Object answer = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer instanceof byte[] bytes) {
            return bytes;
        }
        throw new IllegalStateException("instead of a message: " + answer);
    }

    private void run() {
        try {
            while (!closing) {
                // one at a time, and none before the handshake is done
                if (selector.isChannelReady(ID) && !toSend.isEmpty()) {
                    selector.send(new NetworkSend(ID, ByteBufferSend.sizePrefixed(toSend.remove())));
                }
                selector.poll(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                for (NetworkReceive each : selector.completedReceives()) {
                    byte[] message = new byte[each.payload().remaining()];
                    each.payload().get(message);
                    arrived.add(message);
                }
                if (!selector.disconnected().isEmpty()) {
                    throw new IOException("disconnected: " + selector.disconnected());
                }
            }
        } catch (IOException | RuntimeException e) {
            arrived.add(e);
        }
    }

    void stop() throws InterruptedException {
        closing = true;
        selector.wakeup();
        thread.join();
        selector.close();
        metrics.close();
    }
}
