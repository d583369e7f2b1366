// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jmh;

import io.kevent.bench.jvm.Site;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A task timed by JMH. Each turn is a fork of its own, so that turns differ by what the compiler made of them, too, which is more than what differs within
 * a fork: so many short forks tell more than few long ones.
 */
public final class JmhTrial implements Trial {
    /** Seconds. A loop over one workload is compiled by then, as it will stay. */
    private static final double WARM_UP = 1.5;
    private static final int WARM_UPS = 3;
    private static final int ITERATIONS = 3;
    private static final int UNSAFE_WARNS = 24;
    private static final double SECONDS_OF_JMH = 0.5;

    private final Task task;
    private final Subject subject;
    private final Setting setting;

    /**
     * Prepares.
     *
     * @param task what is timed
     * @param subject who does it
     * @param setting for how long
     */
    public JmhTrial(Task task, Subject subject, Setting setting) {
        this.task = task;
        this.subject = subject;
        this.setting = setting;
    }

    @Override
    public Subject subject() {
        return subject;
    }

    @Override
    public double seconds() {
        return SECONDS_OF_JMH + subject.secondsToStart() + WARM_UP + setting.work();
    }

    @Override
    public Sample run() throws Exception {
        List<String> flags = new ArrayList<>(subject.jvmFlags(Site.agentJar()));
        flags.addAll(Site.STEADY);
        if (Runtime.version().feature() >= UNSAFE_WARNS) {
            // JMH uses what these JDKs warn of
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                .include("^" + WorkloadBenchmark.class.getName().replace(".", "\\.") + (task.prepared() ? "\\.preparedWork$" : "\\.work$"))
                .param("kind", task.kind().name())
                .param("size", Integer.toString(task.size()))
                .threads(task.threads())
                .forks(1)
                .jvm(Site.java().toString())
                .jvmArgs(flags.toArray(String[]::new))
                .warmupIterations(WARM_UPS)
                .warmupTime(time(WARM_UP / WARM_UPS))
                .measurementIterations(ITERATIONS)
                .measurementTime(time(setting.work() / ITERATIONS))
                .addProfiler(UsageProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build()).run();
        RunResult result = results.iterator().next();
        Sample sample = Sample.of(Metric.TIME, result.getPrimaryResult().getScore() / task.perWork());
        sample = add(sample, Metric.CPU, result, UsageProfiler.CPU);
        return add(sample, Metric.SWITCHES, result, UsageProfiler.SWITCHES);
    }

    private Sample add(Sample sample, Metric metric, RunResult result, String name) {
        Result<?> figure = result.getSecondaryResults().get(name);
        return figure == null ? sample : sample.with(metric, figure.getScore() / task.perWork());
    }

    private static TimeValue time(double seconds) {
        return new TimeValue(Math.round(seconds * 1000), TimeUnit.MILLISECONDS);
    }
}
