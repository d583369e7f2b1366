// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.lang.reflect.Method;
import java.nio.channels.spi.SelectorProvider;

/** The two sides of the comparison. */
final class Providers {

    /** The property that names the side under test: {@code kevent}, the installed provider, or {@code jdk}, to compare the reference with itself. */
    static final String SUBJECT = "kevent.model.subject";

    private Providers() { }

    /** The JDK's own provider, whatever is installed. */
    static SelectorProvider reference() {
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
        String name = System.getProperty(SUBJECT, "kevent");
        if (name.equals("jdk")) {
            return reference();
        }
        SelectorProvider installed = SelectorProvider.provider();
        if (!installed.getClass().getName().startsWith("io.kevent.")) {
            throw new AssertionError("kevent is not installed, the provider is " + installed.getClass().getName()
                    + "; -D" + SUBJECT + "=jdk compares the JDK with itself");
        }
        return installed;
    }
}
