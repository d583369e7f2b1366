// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/** Slowness without clocks: small buffers, peers served by turns, and each step waiting for what the server has seen of the last. */
class SlowPeerTest extends JettyTestCase {
    private static final int PEERS = 8;
    private static final int TINY = 4096;

    @Test
    void slowReadersGetTheirWholeBodyInSmallGulps() throws IOException {
        int size = 4 * 1024 * 1024;
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < PEERS; i++) {
                clients.add(new RawHttp(server.address(), TINY));
                clients.get(i).get("/bytes?size=" + size + "&seed=" + i);
            }
            await("each answer has filled its socket and waits for OP_WRITE", () -> progress("writesPending") == PEERS);
            assertServes();
            byte[][] bodies = new byte[PEERS][];
            for (int i = 0; i < PEERS; i++) {
                bodies[i] = new byte[clients.get(i).answerHead()];
            }
            readByTurns(clients, bodies);
            for (int i = 0; i < PEERS; i++) {
                assertArrayEquals(Bodies.random(size, i), bodies[i], "client " + i);
            }
        } finally {
            for (RawHttp client : clients) {
                client.close();
            }
        }
    }

    /** A gulp of each in turn, until all have all. */
    private static void readByTurns(List<RawHttp> clients, byte[][] bodies) throws IOException {
        int[] read = new int[bodies.length];
        for (boolean more = true; more; ) {
            more = false;
            for (int i = 0; i < bodies.length; i++) {
                if (read[i] < bodies[i].length) {
                    read[i] += clients.get(i).gulp(bodies[i], read[i], Math.min(bodies[i].length, read[i] + TINY));
                    more = true;
                }
            }
        }
    }

    @Test
    void slowWritersAreAnsweredOnceTheirLastByteIsThere() throws IOException {
        int groups = 40;
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < PEERS; i++) {
                clients.add(new RawHttp(server.address()));
                clients.get(i).startPost("/echo", groups * (i + 1));
            }
            long before = progress("consumed");
            int sent = 0;
            for (int group = 0; group < groups; group++) {
                for (int i = 0; i < PEERS; i++) {
                    clients.get(i).send(Bodies.random(groups * (i + 1), i), group * (i + 1), (group + 1) * (i + 1));
                    sent += i + 1;
                }
                long expected = before + sent;
                await("the server has read " + sent + " bytes", () -> progress("consumed") == expected);
            }
            for (int i = 0; i < PEERS; i++) {
                assertArrayEquals(Bodies.random(groups * (i + 1), i), clients.get(i).answer().body(), "client " + i);
            }
        } finally {
            for (RawHttp client : clients) {
                client.close();
            }
        }
    }

    @Test
    void requestHeadThatComesByteByByteIsUnderstood() throws IOException {
        try (RawHttp client = new RawHttp(server.address())) {
            for (char c : "GET /hello/slow HTTP/1.1\r\nHost: test\r\n\r\n".toCharArray()) {
                client.send(Character.toString(c));
                // an answer in between keeps the bytes from arriving together
                assertServes();
            }
            assertArrayEquals(Bodies.hello("slow"), client.answer().body());
        }
    }
}
