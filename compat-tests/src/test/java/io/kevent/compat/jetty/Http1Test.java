// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class Http1Test extends JettyTestCase {
    private static final int CONNECTIONS = 200;
    private static final int ROUNDS = 10;

    @Test
    void twoHundredKeepAliveConnectionsGetTheirOwnAnswers() throws IOException {
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(new RawHttp(server.address()));
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < CONNECTIONS; i++) {
                    clients.get(i).post("/echo", text(i, round));
                }
                for (int i = 0; i < CONNECTIONS; i++) {
                    assertEquals(new String(text(i, round), StandardCharsets.US_ASCII),
                        new String(clients.get(i).answer().body(), StandardCharsets.US_ASCII));
                }
            }
        } finally {
            for (RawHttp client : clients) {
                client.close();
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
        try (RawHttp client = new RawHttp(server.address())) {
            for (int i = 0; i < 50; i++) {
                client.get("/hello/" + i);
            }
            for (int i = 0; i < 50; i++) {
                assertEquals(new String(Bodies.hello("" + i), StandardCharsets.US_ASCII),
                    new String(client.answer().body(), StandardCharsets.US_ASCII));
            }
        }
    }

    private static byte[] text(int connection, int round) {
        return ("connection " + connection + ", round " + round).getBytes(StandardCharsets.US_ASCII);
    }
}
