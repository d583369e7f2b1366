// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.IOException;
import java.lang.invoke.MethodHandle;

/** Closes descriptors that belong to no channel. */
final class Descriptors {
    private static final MethodHandle CLOSE = Binding.to("FileDispatcherImpl").staticMethod("closeIntFD", void.class, int.class);

    private Descriptors() { }

    static void close(int fd) throws IOException {
        try {
            CLOSE.invokeExact(fd);
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }
}
