// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManyRequestsTest extends JettyTestCase {
    @ParameterizedTest
    @EnumSource
    void eightyRequestsAtOnceGetTheirOwnAnswers(Way way) throws Exception {
        // fewer than the 100 or so streams that an HTTP/2 connection may have open; HTTP/1.1 opens a connection for each
        way.open(server, certificate).greetings(80);
    }
}
