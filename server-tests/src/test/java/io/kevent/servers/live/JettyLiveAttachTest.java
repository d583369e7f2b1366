// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.live;

import io.kevent.servers.programs.JettyProgram;
import java.net.http.HttpClient;

/** Jetty, with WebSockets open. */
class JettyLiveAttachTest extends LiveAttachContract {
    private final HttpClient client = HttpClient.newHttpClient();

    JettyLiveAttachTest() {
        super(JettyProgram.class, "qtp#-#");
    }

    @Override
    void addTo(Load load, int port) throws Exception {
        load.add("WebSocket client 1", new WebSocketClient(client, port));
        load.add("WebSocket client 2", new WebSocketClient(client, port));
    }
}
