// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;

/** Tomcat with its NIO connector. */
final class TomcatServer implements Server {
    private static final byte[] BODY = ANSWER.getBytes(StandardCharsets.UTF_8);
    private static final int MOST_CONNECTIONS = 16_384;

    @Override
    public int start() throws Exception {
        Path base = Files.createTempDirectory("kevent-bench-tomcat-");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        Connector connector = new Connector(Http11NioProtocol.class.getName());
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("acceptCount", Integer.toString(BACKLOG));
        connector.setProperty("maxConnections", Integer.toString(MOST_CONNECTIONS));
        // the load keeps its connections for as long as it lasts
        connector.setProperty("maxKeepAliveRequests", "-1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", base.toString());
        Tomcat.addServlet(context, "hello", new Hello());
        context.addServletMapping("/*", "hello");
        tomcat.start();
        return connector.getLocalPort();
    }

    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            ANSWERED.increment();
            response.setContentLength(BODY.length);
            response.getOutputStream().write(BODY);
        }
    }
}
