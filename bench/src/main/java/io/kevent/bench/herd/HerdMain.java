// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.herd;

import io.kevent.KeventOps;
import io.kevent.bench.jvm.Line;
import io.kevent.bench.jvm.Usage;
import io.kevent.bench.plan.Subject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM with a herd, to which it connects, again and again. */
public final class HerdMain {
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    /** Long enough for everybody who was woken to show up and wait again. */
    private static final long QUIET_MILLIS = 3;

    private HerdMain() { }

    /**
     * Runs.
     *
     * @param args subject, threads, connections, and how many of them are made before, so that what runs for each is compiled
     * @throws Exception if that fails
     */
    public static void main(String[] args) throws Exception {
        Line line = new Line();
        Herd herd = herd(Subject.valueOf(args[0]));
        int connections = Integer.parseInt(args[2]);
        ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        herd.start(listener, Integer.parseInt(args[1]));
        connect(listener, herd, Integer.parseInt(args[3]), 0);
        TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
        Usage before = Usage.now();
        long wakeups = herd.wakeups();
        long empty = herd.empty();
        connect(listener, herd, connections, QUIET_MILLIS);
        Usage used = Usage.now().since(before);
        line.answer(Map.of("wakeups", herd.wakeups() - wakeups, "empty", herd.empty() - empty, "switches", used.switches(), "cpu", used.cpuNanos()));
        Runtime.getRuntime().halt(0);
    }

    private static void connect(ServerSocketChannel listener, Herd herd, int connections, long quietMillis) throws Exception {
        for (int i = 0; i < connections; i++) {
            long before = herd.accepted();
            try (SocketChannel client = SocketChannel.open(listener.getLocalAddress())) {
                client.setOption(StandardSocketOptions.SO_LINGER, 0);
                for (long end = System.nanoTime() + PATIENCE_NANOS; herd.accepted() == before;) {
                    if (System.nanoTime() > end) {
                        throw new IllegalStateException("nobody accepts");
                    }
                    TimeUnit.MILLISECONDS.sleep(1);
                }
            }
            TimeUnit.MILLISECONDS.sleep(quietMillis);
        }
    }

    private static Herd herd(Subject subject) {
        switch (subject) {
            case KEVENT_WAKE_ONE:
                return new SelectorHerd(KeventOps.OP_WAKE_ONE);
            case QUEUE:
                return new QueueHerd();
            default:
                return new SelectorHerd(0);
        }
    }
}
