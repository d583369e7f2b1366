// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.xnio.Options;

/** Undertow, which answers on the threads that select. */
final class UndertowServer implements Server {
    private static final byte[] BODY = ANSWER.getBytes(StandardCharsets.UTF_8);

    @Override
    public int start() {
        Undertow server = Undertow.builder()
                .setSocketOption(Options.BACKLOG, BACKLOG)
                .addHttpListener(0, "127.0.0.1")
                .setHandler(exchange -> {
                    ANSWERED.increment();
                    exchange.setResponseContentLength(BODY.length);
                    exchange.getResponseSender().send(ByteBuffer.wrap(BODY));
                })
                .build();
        server.start();
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }
}
