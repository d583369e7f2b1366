// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channels;
import java.nio.channels.IllegalBlockingModeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What of the JDK itself uses the provider in use, or stands beside it. */
class JdkUsersTest {

    private static final int REQUESTS = 100;
    private static final int LARGEST_BODY = 200_000;

    @Test
    void httpClientAndServerExchangeBodies() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(4);
        HttpServer server = HttpServer.create(LoopbackPair.anyPort(), REQUESTS);
        try {
            server.setExecutor(workers);
            server.createContext("/", JdkUsersTest::echo);
            server.start();
            exchangeBodies(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), workers);
        } finally {
            server.stop(0);
            workers.shutdownNow();
        }
        assertTrue(workers.awaitTermination(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS), "the workers end");
        // only the garbage collector ends a client on JDK 17; tests that count descriptors must not see that happen
        Waiting.until("the client's selector thread ends", () -> {
            System.gc();
            return Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().endsWith("SelectorManager"));
        });
    }

    @Test
    void socketAndServerSocketExchangeBytes() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket accepted = listener.accept()) {
            client.getOutputStream().write(new byte[] {1, 2, 3});
            assertArrayEquals(new byte[] {1, 2, 3}, accepted.getInputStream().readNBytes(3));
            accepted.shutdownOutput();
            assertEquals(-1, client.getInputStream().read());
        }
    }

    @Test
    void asynchronousChannelsExchangeBytes() throws Exception {
        try (AsynchronousServerSocketChannel listener = AsynchronousServerSocketChannel.open().bind(LoopbackPair.anyPort());
                AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
            Future<AsynchronousSocketChannel> accepting = listener.accept();
            client.connect(listener.getLocalAddress()).get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
            try (AsynchronousSocketChannel accepted = accepting.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                Future<Integer> reading = accepted.read(ByteBuffer.allocate(10));
                client.write(ByteBuffer.allocate(4)).get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
                assertEquals(4, reading.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void streamsOverABlockingChannelExchangeBytes() throws IOException {
        try (LoopbackPair pair = LoopbackPair.open()) {
            pair.near().configureBlocking(true);
            InputStream in = Channels.newInputStream(pair.near());
            OutputStream out = Channels.newOutputStream(pair.far());
            out.write(new byte[] {4, 5});
            pair.far().shutdownOutput();
            assertArrayEquals(new byte[] {4, 5}, in.readAllBytes());
        }
    }

    @Test
    void streamsOverANonBlockingChannelAreRefused() throws IOException {
        try (LoopbackPair pair = LoopbackPair.open()) {
            pair.send(1);
            InputStream in = Channels.newInputStream(pair.near());
            OutputStream out = Channels.newOutputStream(pair.near());
            assertThrows(IllegalBlockingModeException.class, in::read);
            assertThrows(IllegalBlockingModeException.class, () -> out.write(1));
        }
    }

    @Test
    void manyAdaptorsExchangeBytesWithOneAnother() throws IOException {
        List<LoopbackPair> pairs = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                LoopbackPair pair = LoopbackPair.open();
                pairs.add(pair);
                pair.near().configureBlocking(true);
                pair.near().socket().getOutputStream().write(i);
            }
            for (int i = 0; i < pairs.size(); i++) {
                assertEquals(i, pairs.get(i).far().socket().getInputStream().read());
            }
        } finally {
            for (LoopbackPair pair : pairs) {
                pair.close();
            }
        }
    }

    private static void exchangeBodies(URI uri, ExecutorService workers) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(workers).build();
        Map<CompletableFuture<HttpResponse<byte[]>>, byte[]> bodies = new HashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < REQUESTS; i++) {
            byte[] body = new byte[random.nextInt(LARGEST_BODY)];
            random.nextBytes(body);
            HttpRequest request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
            bodies.put(client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()), body);
        }
        for (Map.Entry<CompletableFuture<HttpResponse<byte[]>>, byte[]> answer : bodies.entrySet()) {
            HttpResponse<byte[]> response = answer.getKey().get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertEquals(200, response.statusCode());
            assertArrayEquals(answer.getValue(), response.body());
        }
    }

    private static void echo(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        // a length of 0 would mean chunks, and -1 means none
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
