// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.net.http.HttpClient;

/** What requests and answers travel by. */
enum Way {
    HTTP_1("http", HttpClient.Version.HTTP_1_1),
    HTTP_1_TLS("https", HttpClient.Version.HTTP_1_1),
    HTTP_2("http", HttpClient.Version.HTTP_2),
    HTTP_2_TLS("https", HttpClient.Version.HTTP_2);

    private final String scheme;
    private final HttpClient.Version version;

    Way(String scheme, HttpClient.Version version) {
        this.scheme = scheme;
        this.version = version;
    }

    Exchanges open(ServerProcess server, TestCertificate certificate) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(version).sslContext(certificate.clientContext()).build();
        return new Exchanges(client, scheme, scheme.equals("http") ? server.address() : server.tlsAddress(), version).warmUp();
    }
}
