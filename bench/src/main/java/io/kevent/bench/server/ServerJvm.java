// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.jvm.ChildJvm;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The JVM of one server as one subject, for all numbers of connections: what the compiler has made of it by then is the same for all of them, and it goes on
 * getting better from turn to turn. It runs as long as somebody holds it; then it can be started anew.
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
    private final Subject subject;
    private final double warmUp;
    private ChildJvm child;
    private int port;
    private int descriptors;
    private int holders;
    private Trial starter;

    ServerJvm(Product product, Subject subject, boolean quick) {
        this.product = product;
        this.subject = subject;
        this.warmUp = quick ? QUICK_WARM_UP_SECONDS : WARM_UP_SECONDS;
    }

    Subject subject() {
        return subject;
    }

    /** The time that it takes to start it is announced for one of those that will hold it, whoever asks first. */
    double secondsToStart(Trial holder) {
        if (starter == null) {
            starter = holder;
        }
        return starter == holder ? subject.secondsToStart() + warmUp : 0;
    }

    /** Starts it, if nobody has. */
    void hold() throws IOException, InterruptedException {
        holders++;
        if (child == null) {
            child = start(List.of());
            port = port(child);
            descriptors = child.descriptors();
            Wrk.run(port, CONNECTIONS, warmUp);
            awaitQuiet();
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

    int port() {
        return port;
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

    /** Starts another one like it, which does not answer yet: {@link #port(ChildJvm)} waits for it. */
    ChildJvm start(List<String> wrapper) throws IOException {
        return ChildJvm.startServer(subject, wrapper, ServerMain.class, product.name(), subject.name());
    }

    static int port(ChildJvm server) throws IOException, InterruptedException {
        return server.figures(PATIENCE_SECONDS).get("port").intValue();
    }

    static double requests(ChildJvm server) throws IOException, InterruptedException {
        server.tell(ServerMain.REQUESTS);
        return server.figures(PATIENCE_SECONDS).get("requests");
    }
}
