// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.support;

import java.lang.invoke.MethodHandles;
import java.nio.channels.spi.SelectorProvider;
import java.util.function.Supplier;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * With {@code -Dkevent.contract=adopted} under the agent: has the JVM open the JDK's own selectors, as one would that kevent was attached to later, so that
 * the tests run on selectors that the agent has taken over.
 */
public final class AdoptedSession implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (!"adopted".equals(System.getProperty("kevent.contract"))) {
            return;
        }
        try {
            Class<?> hook = Class.forName("sun.nio.ch.KeventHook");
            MethodHandles.privateLookupIn(hook, MethodHandles.lookup()).findStaticVarHandle(hook, "provider", Supplier.class).setVolatile(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the agent is not there", e);
        }
        if (SelectorProvider.provider().getClass().getName().startsWith("io.kevent.")) {
            throw new IllegalStateException("the selectors are kevent's own");
        }
    }
}
