// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import io.kevent.KeventOps;
import io.kevent.bench.jvm.Line;
import io.kevent.bench.netty.Transport;
import io.kevent.bench.plan.Subject;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A JVM that writes and reads: with two threads at once, or with one that takes turns, of which only the reading is measured. */
public final class SeedMain {
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final Clock ZERO = new Clock(0, 0, 0, 0);

    private final Line line = new Line();
    private final Reader reader;
    private final Ledger ledger;
    private final SocketChannel[] ends;
    private final long warmUpNanos;
    private final long workNanos;

    private SeedMain(Subject subject, int pairs, double warmUp, double work) throws Exception {
        this.reader = reader(subject);
        this.ledger = new Ledger(pairs);
        this.ends = reader.open(pairs, ledger);
        this.warmUpNanos = (long) (warmUp * 1e9);
        this.workNanos = (long) (work * 1e9);
    }

    /**
     * Runs.
     *
     * @param args subject, pairs, seconds to warm up, seconds to measure, and whether one thread does it all
     * @throws Exception if that fails
     */
    public static void main(String[] args) throws Exception {
        SeedMain main = new SeedMain(Subject.valueOf(args[0]), Integer.parseInt(args[1]), Double.parseDouble(args[2]), Double.parseDouble(args[3]));
        if (Boolean.parseBoolean(args[4])) {
            main.inTurns((LoopReader) main.reader);
        } else {
            main.atOnce();
        }
        Runtime.getRuntime().halt(0);
    }

    private void atOnce() throws Exception {
        reader.start();
        Thread writer = new Thread(new Writer(ends, ledger), "writer");
        writer.setDaemon(true);
        writer.start();
        long start = System.nanoTime();
        // what happens with the first events of each pair is no part of it
        while (System.nanoTime() - start < warmUpNanos || ledger.events() < 2L * ends.length && System.nanoTime() - start < PATIENCE_NANOS) {
            Thread.sleep(10);
        }
        line.mark();
        Clock before = Clock.now(ledger, reader.thread());
        Thread.sleep(workNanos / 1_000_000);
        Clock after = Clock.now(ledger, reader.thread());
        line.mark();
        line.answer(ZERO.plus(before, after).figures());
    }

    private void inTurns(LoopReader loop) throws Exception {
        long start = System.nanoTime();
        while (System.nanoTime() - start < warmUpNanos) {
            writeAll();
            readAll(loop);
        }
        line.mark();
        start = System.nanoTime();
        Clock sum = ZERO;
        while (System.nanoTime() - start < workNanos) {
            writeAll();
            Clock before = Clock.now(ledger, Thread.currentThread());
            readAll(loop);
            sum = sum.plus(before, Clock.now(ledger, Thread.currentThread()));
        }
        line.mark();
        line.answer(sum.figures());
    }

    private void writeAll() throws Exception {
        ByteBuffer message = ByteBuffer.allocateDirect(Writer.MESSAGE);
        for (int pair = 0; pair < ends.length; pair++) {
            ledger.written(pair);
            message.clear();
            ends[pair].write(message);
        }
    }

    private void readAll(LoopReader loop) throws Exception {
        long end = ledger.events() + ends.length;
        while (ledger.events() < end) {
            loop.turn();
        }
    }

    private static Reader reader(Subject subject) {
        switch (subject) {
            case LIMIT:
                return new BusyReader();
            case KEVENT_EDGE:
                return new SelectorReader(KeventOps.OP_EDGE);
            case QUEUE_EDGE:
                return new QueueReader();
            case NETTY_EPOLL:
                return new NettyReader(Transport.EPOLL);
            default:
                return new SelectorReader(0);
        }
    }
}
