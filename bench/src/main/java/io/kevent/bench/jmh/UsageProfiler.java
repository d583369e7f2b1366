// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import io.kevent.bench.jvm.Usage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private Map<Long, Long> cpuBefore;
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
        Map<Long, Long> cpuAfter = cpuNanos();
        if (!cpuAfter.keySet().containsAll(cpuBefore.keySet())) {
            // a workload's own threads end with the last iteration, and what they used is not known any more
            return List.of();
        }
        long cpu = cpuAfter.entrySet().stream().mapToLong(thread -> thread.getValue() - cpuBefore.getOrDefault(thread.getKey(), 0L)).sum();
        Usage used = Usage.now().since(before);
        double operations = result.getMetadata().getAllOps();
        return List.of(new ScalarResult(CPU, cpu / operations, "ns/op", AggregationPolicy.AVG),
                new ScalarResult(SWITCHES, used.switches() / operations, "1/op", AggregationPolicy.AVG));
    }

    private static Map<Long, Long> cpuNanos() {
        Map<Long, Long> nanos = new HashMap<>();
        for (long id : THREADS.getAllThreadIds()) {
            long used = THREADS.getThreadCpuTime(id);
            // -1 of a thread that has ended
            if (used >= 0) {
                nanos.put(id, used);
            }
        }
        return nanos;
    }
}
