// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.net.http.HttpClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LargeBodyTest extends JettyTestCase {
    private static final int MEGABYTE = 1024 * 1024;

    /** What the bytes travel by. */
    enum Way {
        HTTP_1("http", HttpClient.Version.HTTP_1_1), HTTP_1_TLS("https", HttpClient.Version.HTTP_1_1),
        HTTP_2("http", HttpClient.Version.HTTP_2), HTTP_2_TLS("https", HttpClient.Version.HTTP_2);

        private final String scheme;
        private final HttpClient.Version version;

        Way(String scheme, HttpClient.Version version) {
            this.scheme = scheme;
            this.version = version;
        }

        Exchanges open() throws Exception {
            HttpClient client = HttpClient.newBuilder().version(version).sslContext(certificate.clientContext()).build();
            return new Exchanges(client, scheme, scheme.equals("http") ? server.address() : server.tlsAddress(), version).warmUp();
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalMegabyteBodiesComeDownWhole(Way way) throws Exception {
        way.open().downloads(MEGABYTE);
    }

    @ParameterizedTest
    @EnumSource
    void severalTenMegabyteBodiesComeDownWhole(Way way) throws Exception {
        way.open().downloads(10 * MEGABYTE);
    }

    @ParameterizedTest
    @EnumSource
    void severalMegabyteBodiesGoUpAndComeBackWhole(Way way) throws Exception {
        way.open().echoes(MEGABYTE);
    }

    @ParameterizedTest
    @EnumSource
    void severalTenMegabyteBodiesGoUpAndComeBackWhole(Way way) throws Exception {
        way.open().echoes(10 * MEGABYTE);
    }
}
