// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import io.kevent.servers.programs.JettyProgram;

/** Jetty 12.1. */
class JettyTest extends ServerContract {
    JettyTest() {
        super(JettyProgram.class);
    }
}
