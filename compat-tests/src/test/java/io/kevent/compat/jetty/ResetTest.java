// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResetTest extends JettyTestCase {
    private static final int CLIENTS = 50;

    @Test
    void resetInTheMiddleOfARequestLeavesNoDescriptor() throws IOException {
        long before = progress("consumed");
        List<RawHttp> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            RawHttp client = new RawHttp(server.address());
            clients.add(client);
            client.startPost("/echo", 1000);
            client.send(new byte[500], 0, 500);
        }
        await("half of each request is read", () -> progress("consumed") == before + CLIENTS * 500L);
        resetAllAndExpectTheServerToRecover(clients);
    }

    @Test
    void resetInTheMiddleOfAnAnswerLeavesNoDescriptor() throws IOException {
        List<RawHttp> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            RawHttp client = new RawHttp(server.address(), 4096);
            clients.add(client);
            client.get("/bytes?size=" + 4 * 1024 * 1024 + "&seed=" + i);
            client.answerHead();
        }
        await("each answer waits for OP_WRITE", () -> progress("writesPending") == CLIENTS);
        resetAllAndExpectTheServerToRecover(clients);
    }

    @Test
    void resetOfIdleKeepAliveConnectionsLeavesNoDescriptor() throws IOException {
        List<RawHttp> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            RawHttp client = new RawHttp(server.address());
            clients.add(client);
            client.get("/hello/" + i);
            client.answer();
        }
        resetAllAndExpectTheServerToRecover(clients);
    }

    private static void resetAllAndExpectTheServerToRecover(List<RawHttp> clients) throws IOException {
        for (RawHttp client : clients) {
            client.reset();
        }
        assertServes();
        await("the descriptors are back at " + descriptorsAtStart, () -> openDescriptors() == descriptorsAtStart);
    }
}
