// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import io.kevent.bench.jvm.Usage;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/** Processor time and voluntary context switches of the JVM, per operation. */
public final class UsageProfiler implements InternalProfiler {
    static final String CPU = "usage.cpu";
    static final String SWITCHES = "usage.switches";

    private Usage before;

    @Override
    public String getDescription() {
        return "processor time and voluntary context switches of the whole JVM";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = Usage.now();
    }

    @Override
    public Collection<ScalarResult> afterIteration(BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        Usage used = Usage.now().since(before);
        double operations = result.getMetadata().getAllOps();
        return List.of(new ScalarResult(CPU, used.cpuNanos() / operations, "ns/op", AggregationPolicy.AVG),
                new ScalarResult(SWITCHES, used.switches() / operations, "1/op", AggregationPolicy.AVG));
    }
}
