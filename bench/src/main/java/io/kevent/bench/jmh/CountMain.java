// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import com.sun.management.ThreadMXBean;
import io.kevent.bench.jvm.Line;
import io.kevent.bench.workload.Kind;
import io.kevent.bench.workload.Workload;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;

/** A JVM that does a workload between two marks, for strace to count, and counts itself what the thread allocates. */
public final class CountMain {
    private static final long LONG_ENOUGH_NANOS = 300_000_000L;
    private static final int OFTEN_ENOUGH = 2000;
    private static final int TIMES_ALLOCATED = 5;

    private CountMain() { }

    /**
     * Runs.
     *
     * @param args the kind of workload and its number
     * @throws Exception if the workload fails
     */
    public static void main(String[] args) throws Exception {
        Line line = new Line();
        Workload workload = Kind.valueOf(args[0]).make(Integer.parseInt(args[1]));
        workload.open();
        // the first turns settle how each key is watched
        repeat(workload);
        line.mark();
        int times = repeat(workload);
        line.mark();
        line.answer(Map.of("times", times, "bytes", bytesEach(workload)));
        workload.close();
        System.exit(0);
    }

    /** The median: now and then the JVM itself allocates something in the thread, once and for all, when it links or compiles a method. */
    private static double bytesEach(Workload workload) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] each = new double[TIMES_ALLOCATED];
        for (int i = 0; i < each.length; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            int times = repeat(workload);
            each[i] = (threads.getCurrentThreadAllocatedBytes() - before) / (double) times;
        }
        Arrays.sort(each);
        return each[TIMES_ALLOCATED / 2];
    }

    private static int repeat(Workload workload) throws Exception {
        long start = System.nanoTime();
        int times = 0;
        while (times < OFTEN_ENOUGH && (times < 10 || System.nanoTime() - start < LONG_ENOUGH_NANOS)) {
            workload.prepare();
            workload.work();
            times++;
        }
        return times;
    }
}
