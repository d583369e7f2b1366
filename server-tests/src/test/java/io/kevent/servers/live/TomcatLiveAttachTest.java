// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.live;

import io.kevent.servers.programs.TomcatProgram;

/** Tomcat's NIO connector. */
class TomcatLiveAttachTest extends LiveAttachContract {
    TomcatLiveAttachTest() {
        super(TomcatProgram.class, "http-nio-#.#.#.#-auto-#-exec-#", "https-jsse-nio-#.#.#.#-auto-#-exec-#");
    }
}
