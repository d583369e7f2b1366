// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.architecture.selector;

/** What a core must not know. */
public final class KeyInSelector {
    public int ops;
}
