// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.live;

import io.kevent.servers.ServerJvm;
import io.kevent.servers.programs.Certificate;
import io.kevent.servers.programs.JettyProgram;
import io.kevent.servers.programs.NettyProgram;
import io.kevent.servers.programs.Program;
import io.kevent.servers.programs.TomcatProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What attaching is for: the selectors that a server has open ask less of the kernel, until kevent is taken off. */
class SystemCallsTest {
    private static final List<String> CALLS = List.of("epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2", "poll", "ppoll");
    private static final int CONNECTIONS = 16;
    private static final int EXCHANGES = 400;

    @TempDir
    private Path directory;

    private record Counts(double before, double attached, double detached) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "before %.2f, attached %.2f, detached %.2f", before, attached, detached);
        }
    }

    /** Turns the interest of a key off and on with each request, which costs the JDK's selector two calls. */
    @Test
    void jettyNeedsFewerCallsWhileKeventIsAttached() throws Exception {
        Counts counts = count(JettyProgram.class);
        assertTrue(counts.before > 2 && counts.attached < counts.before / 2 && counts.detached > 2, counts::toString);
    }

    @Test
    void tomcatNeedsFewerCallsWhileKeventIsAttached() throws Exception {
        Counts counts = count(TomcatProgram.class);
        assertTrue(counts.attached < counts.before && counts.attached < counts.detached, counts::toString);
    }

    /** Leaves the interest of its keys on, so that there is nothing to save. */
    @Test
    void nettyNeedsNoMoreCallsWhileKeventIsAttached() throws Exception {
        Counts counts = count(NettyProgram.class);
        assertTrue(counts.attached < 1.2 * Math.max(counts.before, counts.detached), counts::toString);
    }

    private Counts count(Class<? extends Program> program) throws Exception {
        assumeTrue(SystemCalls.countable(), "strace is not installed: nothing is counted");
        try (ServerJvm server = ServerJvm.start(program, Certificate.create(directory), List.of()); Load load = new Load()) {
            load.add("client", Clients.inTurn(SocketFactory.getDefault(), server.port(Program.HTTP), CONNECTIONS));
            double before = callsForEachRequest(server, load);
            Attachment.BY_LOADING.attach(server.pid());
            double attached = callsForEachRequest(server, load);
            Attachment.BY_LOADING.detach(server.pid());
            Counts counts = new Counts(before, attached, callsForEachRequest(server, load));
            System.out.println("selector system calls for each request, " + program.getSimpleName() + ": " + counts);
            return counts;
        }
    }

    private double callsForEachRequest(ServerJvm server, Load load) throws Exception {
        load.progress(EXCHANGES);
        return SystemCalls.of(CALLS, server.pid(), directory, () -> {
            long done = load.done();
            load.progress(EXCHANGES);
            return load.done() - done;
        });
    }
}
