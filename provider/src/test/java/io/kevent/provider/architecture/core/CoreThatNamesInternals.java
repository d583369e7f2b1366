// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.architecture.core;

/** Wrong: names a class of the JDK's internals, and loads it by its name. */
public class CoreThatNamesInternals {
    protected final Class<?> epoll() throws ClassNotFoundException {
        return Class.forName("sun.nio.ch.EPoll");
    }
}
