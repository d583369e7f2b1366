// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.kevent.bench.jvm.ChildJvm;
import io.kevent.bench.jvm.SystemCalls;
import io.kevent.bench.plan.Sample;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.plan.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The system calls of a server under load, counted by strace in a JVM of its own. */
final class CountedTrial implements Trial {
    /** The lines of the child before the load that counts: its port, and the answer before that load. */
    private static final int LINES_BEFORE = 2;
    /** It need not be fast, only to have gone through all of its code. */
    private static final double WARM_UP_SECONDS = 1;

    private final ServerJvm server;
    private final int connections;
    private final double seconds;

    /**
     * Prepares.
     *
     * @param server the server; another one like it is started
     * @param connections how many there are
     * @param seconds how long to count; long enough that opening and closing the connections weighs little on each request
     */
    CountedTrial(ServerJvm server, int connections, double seconds) {
        this.server = server;
        this.connections = connections;
        this.seconds = seconds;
    }

    @Override
    public Subject subject() {
        return server.subject();
    }

    @Override
    public boolean once() {
        return true;
    }

    @Override
    public double seconds() {
        return server.subject().secondsToStart() + WARM_UP_SECONDS + seconds + 2 * TimedTrial.secondsToConnect(connections);
    }

    @Override
    public Sample run() throws IOException, InterruptedException {
        Path trace = Files.createTempFile("kevent-bench-", ".strace");
        try {
            Wrk.Load load;
            try (ChildJvm child = server.start(SystemCalls.wrapper(trace))) {
                int port = ServerJvm.port(child);
                Wrk.run(port, connections, WARM_UP_SECONDS + TimedTrial.secondsToConnect(connections));
                ServerJvm.usage(child);
                load = Wrk.run(port, connections, seconds + TimedTrial.secondsToConnect(connections));
                ServerJvm.usage(child);
            }
            return SystemCalls.read(trace).afterLine(LINES_BEFORE, load.requests());
        } finally {
            Files.deleteIfExists(trace);
        }
    }
}
