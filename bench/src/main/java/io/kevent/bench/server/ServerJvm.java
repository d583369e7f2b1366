// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.jvm.ChildJvm;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The JVM of one server as one subject, or of one such server for each of several, for all numbers of connections: what the compiler has made of it by then is
 * the same for all of them, and it goes on getting better from turn to turn. It runs as long as somebody holds it; then it can be started anew.
 */
final class ServerJvm {
    /**
     * Jetty, compiled on two cores beside the load, gives 6,000 answers a second at first, 29,000 after 6 s and 38,000 after 12 s; Tomcat as many after 12 s.
     */
    static final int WARM_UP_SECONDS = 12;
    static final int QUICK_WARM_UP_SECONDS = 7;
    private static final int CONNECTIONS = 64;
    private static final double PATIENCE_SECONDS = 60;
    /** What a server opens for itself under its first load, of pipes and files; far from what a load of many connections leaves. */
    private static final int OWN_DESCRIPTORS = 16;
    private static final int LOOK_MILLIS = 20;

    private final Product product;
    private final List<Subject> subjects;
    private final double warmUp;
    private ChildJvm child;
    private Map<Subject, Integer> ports;
    private int descriptors;
    private int holders;
    private Trial starter;

    ServerJvm(Product product, List<Subject> subjects, boolean quick) {
        this.product = product;
        this.subjects = subjects;
        this.warmUp = quick ? QUICK_WARM_UP_SECONDS : WARM_UP_SECONDS;
    }

    List<Subject> subjects() {
        return subjects;
    }

    /** The time that it takes to start it is announced for one of those that will hold it, whoever asks first. */
    double secondsToStart(Trial holder) {
        if (starter == null) {
            starter = holder;
        }
        return starter == holder ? holder.subject().secondsToStart() + subjects.size() * warmUp : 0;
    }

    /** Starts it, if nobody has. */
    void hold() throws IOException, InterruptedException {
        holders++;
        if (child == null) {
            child = start(List.of());
            ports = ports(child);
            descriptors = child.descriptors();
            for (int port : ports.values()) {
                Wrk.run(port, CONNECTIONS, warmUp);
                awaitQuiet();
            }
        }
    }

    /** Ends it, if nobody holds it any more. */
    void letGo() throws IOException {
        if (--holders == 0 && child != null) {
            child.close();
            child = null;
        }
    }

    /**
     * Waits until it has let go of the connections of the last load, so that nobody's turn is disturbed by that: Undertow's two threads are busy with closing
     * 8,000 of them for 3 s after the load has gone, on each selector.
     */
    void awaitQuiet() throws IOException, InterruptedException {
        long end = System.nanoTime() + (long) (PATIENCE_SECONDS * 1e9);
        for (int open = child.descriptors(); open > descriptors + OWN_DESCRIPTORS; open = child.descriptors()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException(open + " descriptors are open " + Math.round(PATIENCE_SECONDS) + " s after the load, " + descriptors + " were before");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    int port(Subject subject) {
        return ports.get(subject);
    }

    long pid() {
        return child.pid();
    }

    Map<String, Double> usage() throws IOException, InterruptedException {
        child.tell("usage");
        return child.figures(PATIENCE_SECONDS);
    }

    double requests() throws IOException, InterruptedException {
        return requests(child);
    }

    /** Starts another one like it, which does not answer yet: {@link #ports(ChildJvm)} waits for it. */
    ChildJvm start(List<String> wrapper) throws IOException {
        // the flags of the last one let the JVM be any of the others as well: see ServerMain
        return ChildJvm.startServer(subjects.get(subjects.size() - 1), wrapper, ServerMain.class,
                Stream.concat(Stream.of(product.name()), subjects.stream().map(Subject::name)).toArray(String[]::new));
    }

    /** Waits for the servers of a JVM that has just been started, and tells the port of each. */
    Map<Subject, Integer> ports(ChildJvm servers) throws IOException, InterruptedException {
        Map<String, Double> figures = servers.figures(PATIENCE_SECONDS);
        Map<Subject, Integer> found = new EnumMap<>(Subject.class);
        subjects.forEach(subject -> found.put(subject, figures.get(subject.name()).intValue()));
        return found;
    }

    static double requests(ChildJvm server) throws IOException, InterruptedException {
        server.tell(ServerMain.REQUESTS);
        return server.figures(PATIENCE_SECONDS).get("requests");
    }
}
