// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import io.kevent.servers.programs.JdkHttpServerProgram;

/** The server of {@code com.sun.net.httpserver}. */
class JdkHttpServerTest extends ServerContract {
    JdkHttpServerTest() {
        super(JdkHttpServerProgram.class);
    }
}
