// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.lang.invoke.MethodHandle;
import java.nio.channels.spi.SelectorProvider;

/** The provider that would be in use without kevent. */
public final class JdkProvider {
    private static final MethodHandle GET =
            Binding.to("DefaultSelectorProvider").staticMethodAs(SelectorProvider.class, "get", "SelectorProviderImpl");

    private JdkProvider() { }

    /**
     * Finds it.
     *
     * @return the JDK's own provider for this platform
     */
    public static SelectorProvider get() {
        try {
            return (SelectorProvider) GET.invokeExact();
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }
}
