// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import java.net.http.HttpClient;
import java.util.Map;

/** The JDK's {@code java.net.http.HttpClient}, in the clear, over TLS and with HTTP/2; at the other end Jetty, in the same JVM. */
public final class JdkHttpClientProgram implements Program {
    private final JettyProgram server = new JettyProgram();
    private HttpExchanges client;
    private Map<String, Integer> ports;

    @Override
    public Map<String, Integer> start(Certificate certificate) throws Exception {
        ports = server.start(certificate);
        client = new HttpExchanges(certificate.context(), HttpClient.Version.HTTP_2);
        return Map.of();
    }

    @Override
    public void exchange() throws Exception {
        client.with("http://127.0.0.1:" + ports.get(HTTP));
        HttpClient.Version version = client.with("https://127.0.0.1:" + ports.get(HTTPS));
        if (version != HttpClient.Version.HTTP_2) {
            throw new IllegalStateException("spoke " + version);
        }
    }

    @Override
    public void stop() throws Exception {
        server.stop();
    }
}
