// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.live;

import io.kevent.servers.programs.Bodies;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket at {@code /ws} that sends messages and waits for each to come back. */
final class WebSocketClient implements Client {
    private static final int PATIENCE_SECONDS = 60;
    private static final int SIZE = 20_000;

    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private final byte[] message = Bodies.random(SIZE, SIZE);
    private final WebSocket socket;

    WebSocketClient(HttpClient client, int port) throws Exception {
        socket = client.newWebSocketBuilder().buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), new Listener())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void exchange() throws Exception {
        socket.sendBinary(ByteBuffer.wrap(message), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Object answer = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!(answer instanceof byte[] bytes)) {
            throw new IllegalStateException("instead of a WebSocket message: " + answer);
        }
        Bodies.check("WebSocket message", message, bytes);
    }

    @Override
    public void close() throws Exception {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Object closed = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!"closed".equals(closed)) {
            throw new IllegalStateException("instead of closing the WebSocket: " + closed);
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            parts.writeBytes(part);
            if (last) {
                arrived.add(parts.toByteArray());
                parts.reset();
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            arrived.add("closed");
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            arrived.add(error);
        }
    }
}
