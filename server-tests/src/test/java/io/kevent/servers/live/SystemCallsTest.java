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
import java.util.Map;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What attaching is for: the selectors that a server has open ask less of the kernel, until kevent is taken off. An interest that goes off and on costs the JDK
 * two calls; with kevent neither those nor others in their place are made. How often a request makes a thread wait is up to the server and the machine, not to
 * kevent: it is printed, and nothing is claimed of it.
 */
class SystemCallsTest {
    private static final List<String> WAITING = List.of("epoll_wait", "epoll_pwait", "epoll_pwait2");
    private static final List<String> ASKING = List.of("poll", "ppoll");
    private static final List<String> CHANGING = List.of("epoll_ctl");
    private static final int CONNECTIONS = 16;
    /** Ten on each connection: before they are counted, each of its keys stands as it will go on. */
    private static final int EXCHANGES = 10 * CONNECTIONS;
    /** So few for each request that they are not made for requests: a call that is made for each, or for every second, is seen. */
    private static final double HARDLY = 0.4;

    @TempDir
    private Path directory;

    /** For each request, calls that change a registration, ask what is ready, and wait. */
    private record Calls(double changing, double asking, double waiting) {
        static Calls of(Map<String, Double> calls) {
            return new Calls(sum(calls, CHANGING), sum(calls, ASKING), sum(calls, WAITING));
        }

        private static double sum(Map<String, Double> calls, List<String> names) {
            return names.stream().mapToDouble(calls::get).sum();
        }

        /** All but the waits. */
        double beside() {
            return changing + asking;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f changes %.2f polls %.2f waits", changing, asking, waiting);
        }
    }

    private record Counts(Calls before, Calls attached, Calls detached) { }

    /** Turns the interest of a key off and on with each request. */
    @Test
    void jettyChangesRegistrationsNoMoreWhileKeventIsAttached() throws Exception {
        assertNoneWhileAttached(count(JettyProgram.class));
    }

    @Test
    void tomcatChangesRegistrationsNoMoreWhileKeventIsAttached() throws Exception {
        assertNoneWhileAttached(count(TomcatProgram.class));
    }

    /** Leaves the interest of its keys on, so that there is nothing to save, and nothing may be added. */
    @Test
    void nettyChangesNoRegistrationsEitherWay() throws Exception {
        Counts counts = count(NettyProgram.class);
        for (Calls calls : List.of(counts.before, counts.attached, counts.detached)) {
            assertTrue(calls.beside() < HARDLY, counts::toString);
        }
    }

    private static void assertNoneWhileAttached(Counts counts) {
        assertTrue(counts.before.changing > 1, counts::toString);
        assertTrue(counts.attached.beside() < HARDLY, counts::toString);
        assertTrue(counts.detached.changing > 1, counts::toString);
    }

    private Counts count(Class<? extends Program> program) throws Exception {
        assumeTrue(SystemCalls.countable(), "strace is not installed: nothing is counted");
        try (ServerJvm server = ServerJvm.start(program, Certificate.create(directory), List.of()); Load load = new Load()) {
            load.add("client", Clients.inTurn(SocketFactory.getDefault(), server.port(Program.HTTP), CONNECTIONS));
            Calls before = callsForEachRequest(server, load);
            Attachment.BY_LOADING.attach(server.pid());
            Calls attached = callsForEachRequest(server, load);
            Attachment.BY_LOADING.detach(server.pid());
            Counts counts = new Counts(before, attached, callsForEachRequest(server, load));
            System.out.println("selector system calls for each request, " + program.getSimpleName() + ": " + counts);
            return counts;
        }
    }

    private Calls callsForEachRequest(ServerJvm server, Load load) throws Exception {
        load.progress(EXCHANGES);
        List<String> calls = Stream.of(CHANGING, ASKING, WAITING).flatMap(List::stream).toList();
        return Calls.of(SystemCalls.of(calls, server.pid(), directory, () -> {
            long done = load.done();
            load.progress(EXCHANGES);
            return load.done() - done;
        }));
    }
}
