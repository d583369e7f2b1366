// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider;

import io.kevent.provider.figures.KeventLog;
import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.kernel.JdkProvider;
import io.kevent.provider.kernel.MissingInternalsException;
import java.nio.channels.spi.SelectorProvider;
import java.util.Locale;

/** Finds out whether kevent can run here, and says in one sentence why not and what to do. */
final class Environment {
    private static final String STANDS_ASIDE = ": the JDK's own selectors are used; run it on Linux with a JDK from 17 to 25, look for a newer kevent, or remove"
            + " -Djava.nio.channels.spi.SelectorProvider to silence this.";

    private Environment() { }

    /** Who stands in for kevent where it cannot run, which is logged; null where it can. */
    static SelectorProvider fallback() {
        String obstacle = obstacle();
        if (obstacle == null) {
            return null;
        }
        KeventLog.log(System.Logger.Level.WARNING, obstacle + STANDS_ASIDE, null);
        return JdkProvider.get();
    }

    /** Why kevent cannot run here, in a sentence; null if it can. */
    static String obstacle() {
        requireAccess();
        String os = System.getProperty("os.name", "");
        if (!os.toLowerCase(Locale.ROOT).startsWith("linux")) {
            return "kevent runs on Linux and this is " + os;
        }
        try {
            JdkKernel.requireInternals();
            return null;
        } catch (MissingInternalsException e) {
            return "kevent does not know JDK " + System.getProperty("java.version") + ", which has no " + e.getMessage();
        }
    }

    private static void requireAccess() {
        Module own = Environment.class.getModule();
        if (!Object.class.getModule().isOpen("sun.nio.ch", own)) {
            String target = own.isNamed() ? own.getName() : "ALL-UNNAMED";
            String message = "kevent needs access to the JDK's kernel binding: start the JVM with --add-opens=java.base/sun.nio.ch=" + target;
            KeventLog.log(System.Logger.Level.ERROR, message, null);
            throw new IllegalStateException(message);
        }
    }
}
