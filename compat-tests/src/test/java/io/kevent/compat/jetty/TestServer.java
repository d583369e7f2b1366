// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty as tests and demo want it: HTTP/1.1, HTTP/2 and WebSocket on a clear port and, with a key store, on a TLS port. */
final class TestServer {
    private static final int LARGEST_MESSAGE = 16 * 1024 * 1024;

    private final Server server = new Server(new QueuedThreadPool(64));
    private final TestHandler handler = new TestHandler();
    private final List<WatchedConnector> connectors = new ArrayList<>();

    TestServer(int selectors, Path keystore) {
        HttpConfiguration clear = new HttpConfiguration();
        addConnector(new WatchedConnector(server, selectors, new HttpConnectionFactory(clear), new HTTP2CServerConnectionFactory(clear)));
        if (keystore != null) {
            addConnector(tlsConnector(selectors, keystore));
        }
        WebSocketUpgradeHandler webSocket = WebSocketUpgradeHandler.from(server, container -> {
            container.setMaxTextMessageSize(LARGEST_MESSAGE);
            container.setMaxBinaryMessageSize(LARGEST_MESSAGE);
            container.addMapping("/ws", (request, response, callback) -> new EchoSocket());
        });
        webSocket.setHandler(handler);
        server.setHandler(webSocket);
    }

    private WatchedConnector tlsConnector(int selectors, Path keystore) {
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStorePath(keystore.toString());
        ssl.setKeyStorePassword(TestCertificate.PASSWORD);
        HttpConfiguration secure = new HttpConfiguration();
        SecureRequestCustomizer customizer = new SecureRequestCustomizer();
        // clients name the server by its address
        customizer.setSniHostCheck(false);
        secure.addCustomizer(customizer);
        HttpConnectionFactory http1 = new HttpConnectionFactory(secure);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        return new WatchedConnector(server, selectors, new SslConnectionFactory(ssl, alpn.getProtocol()), alpn,
            new HTTP2ServerConnectionFactory(secure), http1);
    }

    private void addConnector(WatchedConnector connector) {
        connectors.add(connector);
        server.addConnector(connector);
    }

    void start() throws Exception {
        server.start();
    }

    void stop() throws Exception {
        server.stop();
    }

    /** The clear port, then the TLS port if there is one. */
    List<Integer> ports() {
        return connectors.stream().map(WatchedConnector::getLocalPort).toList();
    }

    List<String> selectorClasses() {
        return connectors.stream().flatMap(connector -> connector.selectorClasses().stream()).toList();
    }

    long consumed() {
        return handler.consumed();
    }

    long writesPending() {
        return connectors.stream().mapToLong(WatchedConnector::writesPending).sum();
    }
}
