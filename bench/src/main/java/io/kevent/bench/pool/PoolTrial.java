// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import io.kevent.bench.jvm.ChildJvm;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An echo server and its load, each in a JVM of its own that lives for all turns of a round. */
final class PoolTrial implements Trial {
    private static final double PATIENCE_SECONDS = 60;

    private final Subject subject;
    private final int workers;
    private final int connections;
    private final int rate;
    private final Setting setting;
    private ChildJvm server;
    private ChildJvm load;

    /** The rate is in requests per second; 0 is as fast as the answers come. */
    PoolTrial(Subject subject, int workers, int connections, int rate, Setting setting) {
        this.subject = subject;
        this.workers = workers;
        this.connections = connections;
        this.rate = rate;
        this.setting = setting;
    }

    @Override
    public Subject subject() {
        return subject;
    }

    @Override
    public double seconds() {
        return setting.pick(0.5, 1.0);
    }

    @Override
    public double secondsToOpen() {
        return subject.secondsToStart() + Subject.JDK.secondsToStart() + warmUp();
    }

    private double warmUp() {
        return setting.pick(3.0, 6.0);
    }

    @Override
    public void open() throws IOException, InterruptedException {
        server = ChildJvm.startServer(subject, List.of(), EchoMain.class, subject.name(), Integer.toString(workers), Integer.toString(rate));
        int port = server.figures(PATIENCE_SECONDS).get("port").intValue();
        load = ChildJvm.startServer(Subject.JDK, List.of(), LoadMain.class, Integer.toString(port), Integer.toString(connections), Integer.toString(rate));
        load(warmUp());
    }

    private Map<String, Double> load(double seconds) throws IOException, InterruptedException {
        load.tell(Double.toString(seconds));
        return load.figures(seconds + PATIENCE_SECONDS);
    }

    /** What the server has used by now. */
    private Map<String, Double> usage() throws IOException, InterruptedException {
        server.tell("usage");
        return server.figures(PATIENCE_SECONDS);
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        Map<String, Double> before = usage();
        Map<String, Double> loaded = load(seconds());
        Map<String, Double> after = usage();
        double requests = loaded.get("requests");
        if (requests == 0) {
            throw new IOException("no request was answered");
        }
        return Sample.of(Metric.RATE, requests / loaded.get("micros") * 1e6)
                .with(Metric.CPU, (after.get("cpu") - before.get("cpu")) / requests)
                .with(Metric.SWITCHES, (after.get("switches") - before.get("switches")) / requests)
                .with(Metric.P50, loaded.get("p50")).with(Metric.P99, loaded.get("p99")).with(Metric.P999, loaded.get("p999"));
    }

    @Override
    public void close() throws IOException {
        if (load != null) {
            load.close();
        }
        if (server != null) {
            server.close();
        }
    }
}
