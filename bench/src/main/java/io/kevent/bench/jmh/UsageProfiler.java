// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import io.kevent.bench.jvm.Usage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Processor time of the Java threads and voluntary context switches of the JVM, per operation. The compiler's threads are no Java threads: in a JVM that lives
 * for seconds they would be most of it.
 */
public final class UsageProfiler implements InternalProfiler {
    static final String CPU = "usage.cpu";
    static final String SWITCHES = "usage.switches";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private long cpuBefore;
    private Usage before;

    @Override
    public String getDescription() {
        return "processor time of the Java threads, voluntary context switches of the JVM";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = Usage.now();
        cpuBefore = cpuNanos();
    }

    @Override
    public Collection<ScalarResult> afterIteration(BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long cpu = cpuNanos() - cpuBefore;
        Usage used = Usage.now().since(before);
        double operations = result.getMetadata().getAllOps();
        return List.of(new ScalarResult(CPU, cpu / operations, "ns/op", AggregationPolicy.AVG),
                new ScalarResult(SWITCHES, used.switches() / operations, "1/op", AggregationPolicy.AVG));
    }

    private static long cpuNanos() {
        long sum = 0;
        for (long id : THREADS.getAllThreadIds()) {
            // -1 of a thread that has ended
            sum += Math.max(0, THREADS.getThreadCpuTime(id));
        }
        return sum;
    }
}
