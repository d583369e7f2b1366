// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import io.kevent.servers.programs.UndertowProgram;

/** Undertow, which falls back on the JDK's own provider, without a word, where it dislikes another. */
class UndertowTest extends ServerContract {
    UndertowTest() {
        super(UndertowProgram.class);
    }
}
