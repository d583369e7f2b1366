// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import io.kevent.bench.plan.Block;
import io.kevent.bench.plan.Measurement;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import java.util.ArrayList;
import java.util.List;

/** An echo server whose work is done by several threads. */
public final class PoolMeasurement implements Measurement {
    /** The beginning of the scenarios in which the load is as fast as it can. */
    public static final String FAST = "as fast as answered";
    /** The beginning of the scenarios with a given rate at which the server is mostly idle. */
    public static final String FIXED = "fixed rate";
    /** The beginning of the scenarios with a given rate that is most of what a server on the JDK's selector can do. */
    public static final String HIGH = "fixed high rate";

    /** Of the scenarios with {@link #FIXED} rate, in requests per second. */
    static final int LOW_RATE = 5000;

    private static final List<Subject> MAIN = List.of(Subject.JDK, Subject.KEVENT, Subject.QUEUE, Subject.NETTY_EPOLL);
    private static final List<Subject> SUBJECTS = List.of(Subject.JDK, Subject.KEVENT, Subject.QUEUE, Subject.NETTY_EPOLL, Subject.NETTY_IO_URING,
            Subject.LIMIT);
    private static final int CONNECTIONS = 64;
    private static final int HIGH_RATE = 100_000;
    private static final int TURNS = 4;

    /** Public for the list of measurements. */
    public PoolMeasurement() { }

    @Override
    public String name() {
        return "pool";
    }

    @Override
    public String title() {
        return "Thread pool";
    }

    @Override
    public String about() {
        return "An echo server of 64-byte messages with " + CONNECTIONS + " connections: a selecting thread that hands events to an executor, on the JDK's"
                + " selector and on kevent's; threads that take from a KeventQueue with OP_DISPATCH; as many loops of Netty. As fast as the answers come, and at"
                + " " + LOW_RATE + " and " + HIGH_RATE + " requests per second, where a request's time runs from when it was due. The limit at " + LOW_RATE
                + " is a thread for each connection, blocked in its read; otherwise it is one thread for all, in edge-triggered epoll_wait with nothing"
                + " around it. Calls are those of the selector or the queue, counted by perf in the kernel (io_uring's own are not among them); threads of an"
                + " executor also wait for each other in futex, which the context switches tell of.";
    }

    @Override
    public String per() {
        return "request";
    }

    @Override
    public List<Block> blocks(Setting setting) {
        List<Block> blocks = new ArrayList<>();
        for (int workers : setting.pick(List.of(2), List.of(2, 8))) {
            blocks.add(block(setting, FAST, workers, 0));
            if (!setting.quick()) {
                blocks.add(block(setting, FIXED, workers, LOW_RATE));
                blocks.add(block(setting, HIGH, workers, HIGH_RATE));
            }
        }
        return blocks;
    }

    private static Block block(Setting setting, String kind, int workers, int rate) {
        return new Block(kind + ", " + workers + " workers", setting.each(setting.pick(MAIN, SUBJECTS), subject -> {
            PoolJvms jvms = new PoolJvms(subject, workers, CONNECTIONS, rate, setting);
            PoolTrial timed = new PoolTrial(jvms);
            return setting.quick() ? List.of(timed) : List.of(timed, new TracedPoolTrial(jvms));
        }), TURNS);
    }
}
