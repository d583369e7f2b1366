// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import io.kevent.servers.programs.JdkHttpClientProgram;

/** The client of {@code java.net.http}. */
class JdkHttpClientTest extends ServerContract {
    JdkHttpClientTest() {
        super(JdkHttpClientProgram.class);
    }
}
