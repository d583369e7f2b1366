// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import io.kevent.provider.KeventSelectorProvider;
import java.lang.reflect.Method;
import java.nio.channels.spi.SelectorProvider;

/** The two sides of the comparison. */
final class Providers {

    /**
     * The property that names the side under test: {@code kevent}, the installed provider; {@code adopted}, the JDK's own selectors taken over by the
     * agent; or {@code jdk}, to compare the reference with itself.
     */
    static final String SUBJECT = "kevent.model.subject";

    private Providers() { }

    /** The JDK's own selectors, whatever is installed. */
    static SelectorProvider reference() {
        // the agent takes over what the JDK's provider opens, but not what kevent's leaves to the JDK
        return isAgentThere() ? new KeventSelectorProvider(false, opener -> false) : jdk();
    }

    private static boolean isAgentThere() {
        try {
            Class.forName("sun.nio.ch.KeventHook", false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static SelectorProvider jdk() {
        try {
            Method get = Class.forName("sun.nio.ch.DefaultSelectorProvider").getDeclaredMethod("get");
            get.setAccessible(true);
            return (SelectorProvider) get.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the model test needs --add-opens=java.base/sun.nio.ch=ALL-UNNAMED", e);
        }
    }

    /** The provider under test. */
    static SelectorProvider subject() {
        if (!name().equals("kevent")) {
            return jdk();
        }
        SelectorProvider installed = SelectorProvider.provider();
        if (!installed.getClass().getName().startsWith("io.kevent.")) {
            throw new AssertionError("kevent is not installed, the provider is " + installed.getClass().getName()
                    + "; -D" + SUBJECT + "=jdk compares the JDK with itself");
        }
        return installed;
    }

    private static String name() {
        return System.getProperty(SUBJECT, "kevent");
    }
}
