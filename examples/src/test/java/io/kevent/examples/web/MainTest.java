// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import io.kevent.examples.support.Bounded;
import io.kevent.examples.support.Program;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The server as a process. */
class MainTest {
    private static final Pattern READY = Pattern.compile("serving http://127\\.0\\.0\\.1:([0-9]+)/");

    @Test
    void saysWhereItServesAndStopsInOrderAtSigterm() throws Exception {
        try (Program program = Program.start(Main.class, "--port=0", "--threads=2")) {
            String line = program.line();
            Matcher ready = READY.matcher(line);
            assertTrue(ready.matches(), line);
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ready.group(1)));
            try (Client client = new Client(address)) {
                client.exchange(Exchange.get(100));
                // SIGTERM; Process.destroy would also close the stream that is read below
                program.process().toHandle().destroy();
                client.takeEnd();
            }
            assertEquals("stopped", program.line());
            assertNull(program.line());
            assertEquals(0, Bounded.exitOf(program.process()));
        }
    }

    @Test
    void refusesAnOptionOutOfRangeByName() throws Exception {
        try (Program program = Program.start(Main.class, "--threads=0")) {
            assertEquals("--threads must be from 1 to 1000, not 0", program.line());
            assertEquals(2, Bounded.exitOf(program.process()));
        }
    }
}
