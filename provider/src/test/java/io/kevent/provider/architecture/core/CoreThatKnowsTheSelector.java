// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.architecture.core;

import io.kevent.provider.architecture.selector.KeyInSelector;

/** Wrong: points from the core to the selector. */
final class CoreThatKnowsTheSelector {
    int ops(KeyInSelector key) {
        return key.ops;
    }
}
