// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider;

import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.kernel.JdkProvider;
import io.kevent.provider.kernel.MissingInternalsException;
import java.nio.channels.spi.SelectorProvider;
import java.util.Locale;

/** Finds out whether kevent can run here, and says in one sentence why not and what to do. */
final class Environment {
    private Environment() { }

    /** Who stands in for kevent where it cannot run; null where it can. */
    static SelectorProvider fallback() {
        requireAccess();
        String os = System.getProperty("os.name", "");
        if (!os.toLowerCase(Locale.ROOT).startsWith("linux")) {
            return standIn("kevent runs on Linux and this is " + os
                    + ": the JDK's own selectors are used; remove -Djava.nio.channels.spi.SelectorProvider to silence this.");
        }
        try {
            JdkKernel.requireInternals();
        } catch (MissingInternalsException e) {
            return standIn("kevent does not know JDK " + System.getProperty("java.version") + ", which has no " + e.getMessage()
                    + ": the JDK's own selectors are used; run a JDK from 17 to 25, or look for a newer kevent.");
        }
        return null;
    }

    private static void requireAccess() {
        Module own = Environment.class.getModule();
        if (!Object.class.getModule().isOpen("sun.nio.ch", own)) {
            String target = own.isNamed() ? own.getName() : "ALL-UNNAMED";
            String message = "kevent needs access to the JDK's kernel binding: start the JVM with --add-opens=java.base/sun.nio.ch=" + target;
            System.getLogger("io.kevent").log(System.Logger.Level.ERROR, message);
            throw new IllegalStateException(message);
        }
    }

    private static SelectorProvider standIn(String reason) {
        System.getLogger("io.kevent").log(System.Logger.Level.WARNING, reason);
        return JdkProvider.get();
    }
}
