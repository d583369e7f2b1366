// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import io.kevent.servers.programs.TomcatProgram;

/** Tomcat's NIO connector. */
class TomcatTest extends ServerContract {
    TomcatTest() {
        super(TomcatProgram.class);
    }
}
