// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Tomcat with its NIO connector, in the clear and with the JDK's TLS. */
public final class TomcatProgram implements Program {
    private final Tomcat tomcat = new Tomcat();
    private Path base;

    @Override
    public Map<String, Integer> start(Certificate certificate) throws Exception {
        base = Files.createTempDirectory("kevent-tomcat-");
        tomcat.setBaseDir(base.toString());
        Connector clear = connector();
        Connector secure = connector();
        secure.setSecure(true);
        secure.setScheme("https");
        secure.setProperty("SSLEnabled", "true");
        secure.addSslHostConfig(tls(certificate));
        Context context = tomcat.addContext("", base.toString());
        Tomcat.addServlet(context, "pages", new Pages());
        context.addServletMapping("/*", "pages");
        tomcat.start();
        return Map.of(HTTP, clear.getLocalPort(), HTTPS, secure.getLocalPort());
    }

    private Connector connector() {
        Connector connector = new Connector(Http11NioProtocol.class.getName());
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        // the load is steady, and a connection ends when its client wants
        connector.setProperty("maxKeepAliveRequests", "-1");
        // longer than any test: connections stand still while somebody attaches, on machines of any speed
        connector.setProperty("connectionTimeout", "600000");
        tomcat.setConnector(connector);
        return connector;
    }

    private static SSLHostConfig tls(Certificate certificate) {
        SSLHostConfig tls = new SSLHostConfig();
        SSLHostConfigCertificate own = new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.EC);
        own.setCertificateKeystoreFile(certificate.keystore().toString());
        own.setCertificateKeystorePassword(Certificate.PASSWORD);
        own.setCertificateKeystoreType("PKCS12");
        tls.addCertificate(own);
        return tls;
    }

    @Override
    public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        List<Path> files;
        try (Stream<Path> all = Files.walk(base)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private static final class Pages extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] answer = Answers.to(request.getRequestURI(), request.getQueryString(), request.getInputStream().readAllBytes());
            if (answer == null) {
                response.sendError(404);
                return;
            }
            response.setContentLength(answer.length);
            response.getOutputStream().write(answer);
        }
    }
}
