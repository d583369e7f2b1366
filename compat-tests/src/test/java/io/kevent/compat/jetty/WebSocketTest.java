// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

class WebSocketTest extends JettyTestCase {
    private static final int LARGE = 2 * 1024 * 1024;

    private final Inbox inbox = new Inbox();
    private WebSocket socket;

    @BeforeEach
    void connect() throws Exception {
        URI uri = URI.create("ws://127.0.0.1:" + server.address().getPort() + "/ws");
        socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, inbox).get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "done").get(30, TimeUnit.SECONDS);
        assertEquals(WebSocket.NORMAL_CLOSURE, inbox.closed.get(30, TimeUnit.SECONDS));
    }

    @Test
    void textMessagesComeBackInTheirOrder() throws Exception {
        for (int i = 0; i < 200; i++) {
            socket.sendText("message " + i, true).get(30, TimeUnit.SECONDS);
        }
        for (int i = 0; i < 200; i++) {
            assertEquals("message " + i, inbox.next());
        }
    }

    @Test
    void binaryMessagesComeBackInTheirOrder() throws Exception {
        for (int i = 0; i < 200; i++) {
            socket.sendBinary(ByteBuffer.wrap(Bodies.random(100 + i, i)), true).get(30, TimeUnit.SECONDS);
        }
        for (int i = 0; i < 200; i++) {
            assertArrayEquals(Bodies.random(100 + i, i), assertInstanceOf(byte[].class, inbox.next()));
        }
    }

    @Test
    void largeTextMessageComesBackWhole() throws Exception {
        String message = "0123456789abcdef".repeat(LARGE / 16);
        socket.sendText(message, true).get(30, TimeUnit.SECONDS);
        assertEquals(message, inbox.next());
    }

    @Test
    void largeBinaryMessageComesBackWhole() throws Exception {
        byte[] message = Bodies.random(LARGE, 7);
        socket.sendBinary(ByteBuffer.wrap(message), true).get(30, TimeUnit.SECONDS);
        assertArrayEquals(message, assertInstanceOf(byte[].class, inbox.next()));
    }

    /** Puts the pieces of each message together; a failure of the connection comes out as a message too. */
    private static final class Inbox implements WebSocket.Listener {
        private final BlockingQueue<Object> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Object next() throws InterruptedException {
            Object message = messages.poll(30, TimeUnit.SECONDS);
            return message == null ? "no message within 30 seconds" : message;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
            text.append(piece);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer piece, boolean last) {
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            bytes.writeBytes(copy);
            if (last) {
                messages.add(bytes.toByteArray());
                bytes.reset();
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            messages.add(error.toString());
            closed.completeExceptionally(error);
        }
    }
}
