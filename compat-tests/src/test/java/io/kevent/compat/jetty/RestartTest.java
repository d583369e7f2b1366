// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

class RestartTest extends JettyTestCase {
    private static final int TIMES = 20;
    /** How Jetty names the threads of its pool and of its scheduler. */
    private static final Pattern OF_JETTY = Pattern.compile("qtp|Scheduler-");

    @Test
    void twentyStopsAndStartsLeaveNoDescriptorAndNoThread() throws IOException {
        // the first round makes the JVM start what it keeps; Jetty returns from stop() while its scheduler's thread is still on its way out
        serveAndStop();
        await("a stopped server has no thread of its own", () -> !OF_JETTY.matcher(server.ask("census").get("names")).find());
        Map<String, String> first = server.ask("census");
        for (int i = 0; i < TIMES; i++) {
            server.ask("start");
            serveAndStop();
        }
        await("a stopped server is back at " + first, () -> {
            Map<String, String> now = server.ask("census");
            return now.get("descriptors").equals(first.get("descriptors")) && now.get("threads").equals(first.get("threads"));
        });
    }

    /** The server stops under one idle connection, one with an answer outstanding, and one with half a request. */
    private static void serveAndStop() throws IOException {
        try (RawHttp idle = new RawHttp(server.address());
            RawHttp reading = new RawHttp(server.address(), 4096);
            RawHttp writing = new RawHttp(server.address())) {
            reading.get("/bytes?size=" + 4 * 1024 * 1024 + "&seed=1");
            await("an answer waits for OP_WRITE", () -> progress("writesPending") == 1);
            long before = progress("consumed");
            writing.startPost("/echo", 10);
            writing.send("half.");
            await("half a request is read", () -> progress("consumed") == before + 5);
            idle.get("/hello/idle");
            assertArrayEquals(Bodies.hello("idle"), idle.answer().body());
            server.ask("stop");
        }
    }

    @AfterEach
    void startAgain() throws IOException {
        server.ask("start");
    }
}
