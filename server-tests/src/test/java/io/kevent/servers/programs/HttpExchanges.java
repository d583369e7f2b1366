// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

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
import javax.net.ssl.SSLContext;

/** Requests to a server that answers what {@link Answers} says; bodies of all sizes both ways, several at a time. */
public final class HttpExchanges {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int AT_A_TIME = 2;

    private final HttpClient client;

    /**
     * The JDK's client.
     *
     * @param tls what it trusts
     * @param version what it speaks, if the server can
     */
    public HttpExchanges(SSLContext tls, HttpClient.Version version) {
        client = HttpClient.newBuilder().sslContext(tls).version(version).connectTimeout(PATIENCE).build();
    }

    /** What the server's end of the exchanges is at, as in {@code http://127.0.0.1:8080}. Gives the version of HTTP that was spoken. */
    public HttpClient.Version with(String server) throws Exception {
        HttpClient.Version version = null;
        for (int size : Bodies.SIZES) {
            List<CompletableFuture<HttpClient.Version>> running = new ArrayList<>();
            for (int i = 0; i < AT_A_TIME; i++) {
                running.add(post(server, Bodies.random(size, i)));
                running.add(get(server, size, i));
            }
            for (CompletableFuture<HttpClient.Version> each : running) {
                version = each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
        return version;
    }

    private CompletableFuture<HttpClient.Version> post(String server, byte[] body) {
        return send(HttpRequest.newBuilder(URI.create(server + "/echo")).POST(BodyPublishers.ofByteArray(body)), body);
    }

    private CompletableFuture<HttpClient.Version> get(String server, int size, long seed) {
        return send(HttpRequest.newBuilder(URI.create(server + "/bytes?size=" + size + "&seed=" + seed)), Bodies.random(size, seed));
    }

    private CompletableFuture<HttpClient.Version> send(HttpRequest.Builder request, byte[] expected) {
        return client.sendAsync(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray()).thenApply(response -> check(response, expected));
    }

    private static HttpClient.Version check(HttpResponse<byte[]> response, byte[] expected) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException("answered " + response.statusCode() + " to " + response.request());
        }
        Bodies.check(response.request().toString(), expected, response.body());
        return response.version();
    }
}
