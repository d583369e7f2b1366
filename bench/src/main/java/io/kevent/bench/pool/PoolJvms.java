// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

import io.kevent.bench.jvm.ChildJvm;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An echo server and its load, each in a JVM of its own. They live as long as one of the trials holds them. */
final class PoolJvms {
    private static final double PATIENCE_SECONDS = 60;

    private final Subject subject;
    private final int workers;
    private final int connections;
    private final int rate;
    private final Setting setting;
    private ChildJvm server;
    private ChildJvm load;
    private int holders;

    /** The rate is in requests per second; 0 is as fast as the answers come. */
    PoolJvms(Subject subject, int workers, int connections, int rate, Setting setting) {
        this.subject = subject;
        this.workers = workers;
        this.connections = connections;
        this.rate = rate;
        this.setting = setting;
    }

    Subject subject() {
        return subject;
    }

    /** How long a load lasts that is looked at. */
    double secondsOfLoad() {
        return setting.pick(0.5, 1.0);
    }

    /** How long it takes to start them. */
    double secondsToStart() {
        return subject.secondsToStart() + Subject.JDK.secondsToStart() + warmUp();
    }

    private double warmUp() {
        return setting.pick(3.0, 6.0);
    }

    /** Starts them, if nobody has. */
    void hold() throws IOException, InterruptedException {
        holders++;
        if (server == null) {
            server = ChildJvm.startServer(subject, List.of(), EchoMain.class, subject.name(), Integer.toString(workers), Integer.toString(rate));
            int port = server.figures(PATIENCE_SECONDS).get("port").intValue();
            load = ChildJvm.startServer(Subject.JDK, List.of(), LoadMain.class, Integer.toString(port), Integer.toString(connections), Integer.toString(rate));
            load(warmUp());
        }
    }

    /** Puts the server under its load; returns what became of the requests. */
    Map<String, Double> load(double seconds) throws IOException, InterruptedException {
        beginLoad(seconds);
        return endOfLoad(seconds);
    }

    /** Puts the server under its load; {@link #endOfLoad} must follow. */
    void beginLoad(double seconds) throws IOException {
        load.tell(Double.toString(seconds));
    }

    /** Waits for the end of the load; returns what became of the requests, of which there is at least one. */
    Map<String, Double> endOfLoad(double seconds) throws IOException, InterruptedException {
        Map<String, Double> loaded = load.figures(seconds + PATIENCE_SECONDS);
        if (loaded.get("requests") == 0) {
            throw new IOException("no request was answered");
        }
        return loaded;
    }

    /** What the server has used by now. */
    Map<String, Double> usage() throws IOException, InterruptedException {
        server.tell("usage");
        return server.figures(PATIENCE_SECONDS);
    }

    long serverPid() {
        return server.pid();
    }

    /** Ends them, if nobody holds them any more. */
    void letGo() throws IOException {
        if (--holders > 0) {
            return;
        }
        if (load != null) {
            load.close();
            load = null;
        }
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
