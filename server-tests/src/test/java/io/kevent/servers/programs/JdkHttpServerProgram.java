// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's own {@code com.sun.net.httpserver}. */
public final class JdkHttpServerProgram implements Program {
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private HttpServer clear;
    private HttpsServer secure;

    @Override
    public Map<String, Integer> start(Certificate certificate) throws Exception {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        clear = HttpServer.create(anyPort, 0);
        secure = HttpsServer.create(anyPort, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        return Map.of(HTTP, start(clear), HTTPS, start(secure));
    }

    private int start(HttpServer server) {
        server.createContext("/", JdkHttpServerProgram::handle);
        server.setExecutor(workers);
        server.start();
        return server.getAddress().getPort();
    }

    private static void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] answer = Answers.to(exchange.getRequestURI().getPath(), exchange.getRequestURI().getQuery(), body);
            if (answer == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            if (answer.length > 0) {
                exchange.getResponseBody().write(answer);
            }
        }
    }

    @Override
    public void stop() {
        clear.stop(0);
        secure.stop(0);
        workers.shutdown();
    }
}
