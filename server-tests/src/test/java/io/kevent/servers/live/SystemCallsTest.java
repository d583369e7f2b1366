// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.live;

import io.kevent.servers.ServerJvm;
import io.kevent.servers.programs.Certificate;
import io.kevent.servers.programs.JettyProgram;
import io.kevent.servers.programs.Program;
import java.nio.file.Path;
import java.util.List;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What attaching is for: Jetty turns the interest of a key off and on with each request, which costs the JDK's selector system calls. */
class SystemCallsTest {
    private static final int CONNECTIONS = 16;
    private static final int EXCHANGES = 400;

    @Test
    void openSelectorsOfJettyNeedFewerCallsWhileKeventIsAttached(@TempDir Path directory) throws Exception {
        assumeTrue(SystemCalls.countable(), "strace is not installed: nothing is counted");
        try (ServerJvm server = ServerJvm.start(JettyProgram.class, Certificate.create(directory), List.of()); Load load = new Load()) {
            load.add("client", Clients.inTurn(SocketFactory.getDefault(), server.port(Program.HTTP), CONNECTIONS));
            double before = callsForEachRequest(server, load, directory);
            Attachment.BY_LOADING.attach(server.pid());
            double attached = callsForEachRequest(server, load, directory);
            Attachment.BY_LOADING.detach(server.pid());
            double after = callsForEachRequest(server, load, directory);
            String all = "epoll_ctl for each request: " + before + ", attached " + attached + ", detached " + after;
            assertTrue(before > 1 && attached < 0.5 && after > 1, all);
        }
    }

    private static double callsForEachRequest(ServerJvm server, Load load, Path directory) throws Exception {
        load.progress(EXCHANGES);
        return SystemCalls.of("epoll_ctl", server.pid(), directory, () -> {
            long done = load.done();
            load.progress(EXCHANGES);
            return load.done() - done;
        });
    }
}
