// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Requests through the JDK's HttpClient, many at once, each answer compared; the same for every protocol. */
final class Exchanges {
    private static final int AT_ONCE = 4;

    private final HttpClient client;
    private final String base;
    private final HttpClient.Version expected;

    Exchanges(HttpClient client, String scheme, InetSocketAddress server, HttpClient.Version expected) {
        this.client = client;
        this.base = scheme + "://127.0.0.1:" + server.getPort();
        this.expected = expected;
    }

    /** An upgrade from HTTP/1.1 to HTTP/2 in the clear wants a first request. */
    Exchanges warmUp() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request("/hello/you").build(), BodyHandlers.ofByteArray());
        assertArrayEquals(Bodies.hello("you"), response.body());
        return this;
    }

    void greetings(int count) throws Exception {
        List<CompletableFuture<HttpResponse<byte[]>>> responses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            responses.add(client.sendAsync(request("/hello/" + i).build(), BodyHandlers.ofByteArray()));
        }
        for (int i = 0; i < count; i++) {
            assertArrayEquals(Bodies.hello("" + i), answered(responses.get(i)).body());
        }
    }

    void downloads(int size) throws Exception {
        List<CompletableFuture<HttpResponse<byte[]>>> responses = new ArrayList<>();
        for (int seed = 0; seed < AT_ONCE; seed++) {
            responses.add(client.sendAsync(request("/bytes?size=" + size + "&seed=" + seed).build(), BodyHandlers.ofByteArray()));
        }
        for (int seed = 0; seed < AT_ONCE; seed++) {
            assertArrayEquals(Bodies.random(size, seed), answered(responses.get(seed)).body());
        }
    }

    /** Up, compared by their SHA-256, and the same bytes down again. */
    void echoes(int size) throws Exception {
        List<CompletableFuture<HttpResponse<byte[]>>> responses = new ArrayList<>();
        for (int seed = 0; seed < AT_ONCE; seed++) {
            HttpRequest post = request("/echo").POST(BodyPublishers.ofByteArray(Bodies.random(size, seed))).build();
            responses.add(client.sendAsync(post, BodyHandlers.ofByteArray()));
        }
        for (int seed = 0; seed < AT_ONCE; seed++) {
            HttpResponse<byte[]> response = answered(responses.get(seed));
            byte[] sent = Bodies.random(size, seed);
            assertEquals(Bodies.sha256(sent), response.headers().firstValue(TestHandler.DIGEST).orElse("none"), "what the server received");
            assertArrayEquals(sent, response.body(), "what the client got back");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<byte[]> answered(CompletableFuture<HttpResponse<byte[]>> response) throws Exception {
        HttpResponse<byte[]> answer = response.get(60, TimeUnit.SECONDS);
        assertEquals(200, answer.statusCode());
        assertEquals(expected, answer.version());
        return answer;
    }
}
