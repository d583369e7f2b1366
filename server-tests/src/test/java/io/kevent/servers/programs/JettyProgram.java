// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty 12, with what 12.0 and 12.1 have in common: HTTP/1.1, HTTP/2 by ALPN, and a WebSocket at {@code /ws} that sends back what it gets. */
public final class JettyProgram implements Program {
    private static final int THREADS = 32;
    /** Longer than any test: connections stand still while somebody attaches, which can take longer than Jetty's own 30 s on a busy machine. */
    private static final int IDLE_MILLIS = 600_000;

    private final Server server = new Server(new QueuedThreadPool(THREADS));

    @Override
    public Map<String, Integer> start(Certificate certificate) throws Exception {
        HttpConfiguration configuration = new HttpConfiguration();
        ServerConnector clear = connector(new ServerConnector(server, new HttpConnectionFactory(configuration),
                new HTTP2CServerConnectionFactory(configuration)));
        ServerConnector secure = connector(secure(certificate));
        WebSocketUpgradeHandler webSocket = WebSocketUpgradeHandler.from(server, container -> {
            container.setMaxBinaryMessageSize(Answers.LARGEST);
            container.addMapping("/ws", (request, response, callback) -> new EchoSocket());
        });
        webSocket.setHandler(new Pages());
        server.setHandler(webSocket);
        server.start();
        return Map.of(HTTP, clear.getLocalPort(), HTTPS, secure.getLocalPort());
    }

    private ServerConnector connector(ServerConnector connector) {
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        return connector;
    }

    private ServerConnector secure(Certificate certificate) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(certificate.keystore().toString());
        tls.setKeyStorePassword(Certificate.PASSWORD);
        SecureRequestCustomizer customizer = new SecureRequestCustomizer();
        // clients name the server by its address
        customizer.setSniHostCheck(false);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.addCustomizer(customizer);
        HttpConnectionFactory http1 = new HttpConnectionFactory(configuration);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        return new ServerConnector(server, new SslConnectionFactory(tls, alpn.getProtocol()), alpn,
                new HTTP2ServerConnectionFactory(configuration), http1);
    }

    @Override
    public void stop() throws Exception {
        server.stop();
    }

    /** Reads without blocking, so that the body comes by way of the selector. */
    private static final class Pages extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            new Reading(request, response, callback).run();
            return true;
        }
    }

    private record Reading(Request request, Response response, Callback callback, ByteArrayOutputStream body) implements Runnable {
        Reading(Request request, Response response, Callback callback) {
            this(request, response, callback, new ByteArrayOutputStream());
        }

        /** Takes what is there, and asks to be called again for more. */
        @Override
        public void run() {
            boolean last = false;
            while (!last) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    callback.failed(chunk.getFailure());
                    return;
                }
                byte[] bytes = new byte[chunk.remaining()];
                chunk.getByteBuffer().get(bytes);
                body.writeBytes(bytes);
                last = chunk.isLast();
                chunk.release();
            }
            answer();
        }

        private void answer() {
            byte[] answer = Answers.to(Request.getPathInContext(request), request.getHttpURI().getQuery(), body.toByteArray());
            if (answer == null) {
                Response.writeError(request, response, callback, 404);
                return;
            }
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.length);
            response.write(true, ByteBuffer.wrap(answer), callback);
        }
    }

    /** Public for Jetty, which calls it by method handles. */
    public static final class EchoSocket implements Session.Listener.AutoDemanding {
        private Session session;

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
        }

        @Override
        public void onWebSocketBinary(ByteBuffer message, org.eclipse.jetty.websocket.api.Callback callback) {
            session.sendBinary(message, callback);
        }
    }
}
