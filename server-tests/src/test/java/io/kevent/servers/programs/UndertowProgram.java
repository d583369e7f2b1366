// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Map;

/** Undertow, which does its reading and writing by XNIO. Answers are made on the threads that select. */
public final class UndertowProgram implements Program {
    private Undertow server;

    @Override
    public Map<String, Integer> start(Certificate certificate) throws Exception {
        server = Undertow.builder()
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, (long) Answers.LARGEST)
                .addHttpListener(0, "127.0.0.1")
                .addHttpsListener(0, "127.0.0.1", certificate.context())
                .setHandler(UndertowProgram::handle)
                .build();
        server.start();
        Iterator<Undertow.ListenerInfo> listeners = server.getListenerInfo().iterator();
        return Map.of(HTTP, port(listeners.next()), HTTPS, port(listeners.next()));
    }

    private static int port(Undertow.ListenerInfo listener) {
        return ((InetSocketAddress) listener.getAddress()).getPort();
    }

    private static void handle(HttpServerExchange exchange) {
        exchange.getRequestReceiver().receiveFullBytes((whole, body) -> {
            byte[] answer = Answers.to(whole.getRequestPath(), whole.getQueryString(), body);
            if (answer == null) {
                whole.setStatusCode(404).endExchange();
                return;
            }
            whole.setResponseContentLength(answer.length);
            whole.getResponseSender().send(ByteBuffer.wrap(answer));
        });
    }

    @Override
    public void stop() {
        server.stop();
    }
}
