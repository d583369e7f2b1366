// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.jvm.ChildJvm;
import io.kevent.bench.jvm.SelectorShare;
import io.kevent.bench.jvm.Site;
import io.kevent.bench.jvm.SystemCalls;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server under load, in one of several ways to look at it. */
final class ServerTrial implements Trial {
    /** What is looked at. */
    enum Look {
        /** Times, in rounds. */
        TIMED,
        /** System calls, under strace. */
        COUNTED,
        /** The share of the selector's system calls, by perf. */
        PROFILED
    }

    private static final double PATIENCE_SECONDS = 60;
    /** The lines of the child before the load that counts: its port, and the answer before that load. */
    private static final int LINES_BEFORE = 2;

    private final Product product;
    private final Subject subject;
    private final int connections;
    private final Setting setting;
    private final Look look;
    private Path trace;
    private ChildJvm child;
    private int port;

    ServerTrial(Product product, Subject subject, int connections, Setting setting, Look look) {
        this.product = product;
        this.subject = subject;
        this.connections = connections;
        this.setting = setting;
        this.look = look;
    }

    @Override
    public Subject subject() {
        return subject;
    }

    @Override
    public boolean once() {
        return look != Look.TIMED;
    }

    /** Rounds as long as wrk takes them: in whole seconds. */
    @Override
    public double seconds() {
        return look == Look.TIMED ? work() : subject.secondsToStart() + warmUp() + countSeconds();
    }

    private double work() {
        return setting.pick(1.0, 2.0) + secondsToConnect();
    }

    /** The load opens its connections in each round, and with 8,000 a short one would be over before the first answer. */
    private int secondsToConnect() {
        return connections / 1000;
    }

    /** Long enough that opening and closing the connections weighs little on each request. */
    private double countSeconds() {
        return setting.pick(1.0, 2.0);
    }

    /** Jetty, compiled on two cores beside the load, gives 6,000 answers a second at first, 29,000 after 6 s and 38,000 after 12 s. */
    private double warmUp() {
        return (look == Look.COUNTED ? 1.0 : 8.0) + secondsToConnect();
    }

    @Override
    public double secondsToOpen() {
        return look == Look.TIMED ? subject.secondsToStart() + warmUp() : 0;
    }

    @Override
    public void open() throws IOException, InterruptedException {
        // one that is looked at once waits for its turn
        if (look == Look.TIMED) {
            Site.require("wrk");
            start(List.of());
        }
    }

    private void start(List<String> wrapper) throws IOException, InterruptedException {
        child = ChildJvm.startServer(subject, wrapper, ServerMain.class, product.name(), subject.name());
        port = child.figures(PATIENCE_SECONDS).get("port").intValue();
        Wrk.run(port, connections, warmUp());
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        switch (look) {
            case COUNTED:
                return count();
            case PROFILED:
                return profile();
            default:
                return time();
        }
    }

    private Sample time() throws IOException, InterruptedException {
        Map<String, Double> before = usage();
        Wrk.Load load = Wrk.run(port, connections, work());
        Map<String, Double> after = usage();
        check(load);
        return Sample.of(Metric.RATE, load.requests() / load.micros() * 1e6)
                .with(Metric.CPU, (after.get("cpu") - before.get("cpu")) / load.requests())
                .with(Metric.SWITCHES, (after.get("switches") - before.get("switches")) / load.requests())
                .with(Metric.P50, load.p50()).with(Metric.P99, load.p99()).with(Metric.P999, load.p999());
    }

    private Map<String, Double> usage() throws IOException, InterruptedException {
        child.tell("usage");
        return child.figures(PATIENCE_SECONDS);
    }

    private static void check(Wrk.Load load) throws IOException {
        if (load.errors() > 0) {
            throw new IOException(load.errors() + " of " + load.requests() + " requests failed");
        }
    }

    private Sample count() throws IOException, InterruptedException {
        trace = Files.createTempFile("kevent-bench-", ".strace");
        start(SystemCalls.wrapper(trace));
        usage();
        Wrk.Load load = Wrk.run(port, connections, countSeconds());
        usage();
        child.close();
        return SystemCalls.read(trace).afterLine(LINES_BEFORE, load.requests());
    }

    private Sample profile() throws IOException, InterruptedException {
        Site.require("perf");
        start(List.of());
        try (SelectorShare share = SelectorShare.sample(child.pid(), countSeconds())) {
            check(Wrk.run(port, connections, countSeconds()));
            return Sample.of(Metric.SHARE, share.percent());
        } finally {
            child.close();
        }
    }

    @Override
    public void close() throws IOException {
        if (child != null) {
            child.close();
        }
        if (trace != null) {
            Files.deleteIfExists(trace);
        }
    }
}
