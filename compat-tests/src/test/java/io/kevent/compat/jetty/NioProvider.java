// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.jetty;

import java.util.List;
import java.util.Locale;

/** The selector provider that a server's JVM is started with. */
public enum NioProvider {
    /** The JDK's own: no flag. */
    JDK("sun.nio.ch."),
    /** Ours, by the two flags that the README gives. */
    KEVENT("io.kevent.provider.",
        "-Djava.nio.channels.spi.SelectorProvider=io.kevent.provider.KeventSelectorProvider",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

    private final String selectorPackage;
    private final List<String> flags;

    NioProvider(String selectorPackage, String... flags) {
        this.selectorPackage = selectorPackage;
        this.flags = List.of(flags);
    }

    /** What the JVM is started with. */
    public List<String> flags() {
        return flags;
    }

    /** Whether a selector of this class comes from this provider. */
    public boolean made(String selectorClass) {
        return selectorClass.startsWith(selectorPackage);
    }

    /** The provider that the Jetty tests put under the server: kevent, or with {@code -Dkevent.jetty=jdk} the reference. */
    static NioProvider underTest() {
        return valueOf(System.getProperty("kevent.jetty", "kevent").toUpperCase(Locale.ROOT));
    }
}
