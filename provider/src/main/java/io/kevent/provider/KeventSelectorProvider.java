// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider;

import java.nio.channels.spi.SelectorProvider;

/** placeholder while the skeleton is laid. */
public abstract class KeventSelectorProvider extends SelectorProvider {
    /** none. */
    protected KeventSelectorProvider() { }
}
