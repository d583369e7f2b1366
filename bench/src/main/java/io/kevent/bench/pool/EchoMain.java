// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import io.kevent.bench.jvm.Line;
import io.kevent.bench.jvm.Usage;
import io.kevent.bench.netty.Transport;
import io.kevent.bench.plan.Subject;
import java.util.Map;

/**
 * The JVM of an echo server. Its first line tells the port; to each line it gets it answers what it has used by then. It ends with its input.
 */
public final class EchoMain {
    private EchoMain() { }

    /**
     * Runs.
     *
     * @param args the subject, how many threads work, and the rate of the load, 0 for as fast as it can
     */
    public static void main(String[] args) {
        int status = 0;
        try {
            Line line = new Line();
            EchoServer server = server(Subject.valueOf(args[0]), Integer.parseInt(args[2]));
            line.answer(Map.of("port", server.start(Integer.parseInt(args[1]))));
            for (String command = line.command(); command != null; command = line.command()) {
                line.answer(Usage.now().figures());
            }
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            status = 1;
        }
        Runtime.getRuntime().halt(status);
    }

    private static EchoServer server(Subject subject, int rate) {
        switch (subject) {
            case QUEUE:
                return new QueueServer();
            case LIMIT:
                // under load, 64 threads on a few processors are no limit of anything
                return rate == PoolMeasurement.LOW_RATE ? new BlockingServer() : new BareServer();
            case NETTY_EPOLL:
            case NETTY_IO_URING:
                return new NettyEchoServer(Transport.of(subject));
            default:
                return new ExecutorServer();
        }
    }
}
