// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.KeventOps;
import io.kevent.bench.jvm.Line;
import io.kevent.bench.netty.Transport;
import io.kevent.bench.plan.Subject;
import java.nio.channels.SocketChannel;
import java.util.Map;

/**
 * A JVM that writes and reads: with two threads at once, or with one that takes turns, of which only the reading is measured. Its first line says that it is
 * warm; to each line it gets, a number of nanoseconds, it answers what came in that time. It ends with its input.
 */
public final class SeedMain {
    /** The lines before the answer to the first command: that it is warm, and the mark at which the work begins. */
    static final int LINES_BEFORE_WORK = 2;

    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final long STEP_NANOS = 50_000_000;

    private SeedMain() { }

    /**
     * Runs.
     *
     * @param args subject, pairs, nanoseconds to warm up, and whether one thread does it all
     * @throws Exception if that fails
     */
    public static void main(String[] args) throws Exception {
        Line line = new Line();
        Ledger ledger = new Ledger(Integer.parseInt(args[1]));
        Reader reader = reader(Subject.valueOf(args[0]));
        SocketChannel[] ends = reader.open(Integer.parseInt(args[1]), ledger);
        Course course = Boolean.parseBoolean(args[3]) ? new InTurns((LoopReader) reader, ends, ledger) : new AtOnce(reader, ends, ledger);
        warmUp(course, ledger, 2L * ends.length, Long.parseLong(args[2]));
        line.answer(Map.of("events", ledger.events()));
        for (String nanos = line.command(); nanos != null; nanos = line.command()) {
            line.mark();
            Clock clock = course.run(Long.parseLong(nanos));
            line.mark();
            line.answer(clock.figures());
        }
        Runtime.getRuntime().halt(0);
    }

    /** What happens with the first events of each pair is no part of what is measured. */
    private static void warmUp(Course course, Ledger ledger, long events, long nanos) throws Exception {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos || ledger.events() < events && System.nanoTime() - start < PATIENCE_NANOS) {
            course.run(STEP_NANOS);
        }
    }

    private static Reader reader(Subject subject) {
        switch (subject) {
            case MAXIMUM:
                return new BusyReader();
            case KEVENT_EDGE:
                return new SelectorReader(KeventOps.OP_EDGE);
            case QUEUE_EDGE:
                return new QueueReader();
            case BARE_EPOLL:
                return new BareReader();
            case NETTY_EPOLL:
                return new NettyReader(Transport.EPOLL);
            default:
                return new SelectorReader(0);
        }
    }
}
