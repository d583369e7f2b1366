// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import io.kevent.agent.protocol.Presence;
import java.nio.channels.spi.SelectorProvider;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A selector provider that this JVM was told to use in the place of the JDK's own, by property or as a service, as {@link SelectorProvider#provider()}
 * looks for it. Its channels and the selectors of another provider do not go together.
 */
final class OtherProvider {
    /** What the JDK uses on Linux unless it is told otherwise. */
    private static final String JDKS = "sun.nio.ch.EPollSelectorProvider";

    private OtherProvider() { }

    /** Throws, with a sentence for the operator, if there is one. */
    static void requireNone() {
        String property = System.getProperty(Presence.PROVIDER_PROPERTY);
        if (property != null) {
            require(property, "system property " + Presence.PROVIDER_PROPERTY);
            return;
        }
        Optional<String> service = ServiceLoader.load(SelectorProvider.class, ClassLoader.getSystemClassLoader()).stream().findFirst()
                .map(provider -> provider.type().getName());
        service.ifPresent(name -> require(name, "a service on the class path"));
    }

    private static void require(String name, String origin) {
        if (!name.equals(JDKS) && !name.equals(Presence.PROVIDER)) {
            throw new IllegalStateException("this JVM has a selector provider of its own, " + name + " (" + origin
                    + "), with whose channels kevent's selectors do not go together: take out the one or the other");
        }
    }
}
