// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.core.Knote;
import java.nio.channels.SelectableChannel;

/** A knote whose owner is a selection key. */
final class KeyKnote extends Knote {
    private final KeventSelectionKey key;

    KeyKnote(SelectableChannel channel, boolean wakesOne, KeventSelectionKey key) {
        super(channel, wakesOne);
        this.key = key;
    }

    KeventSelectionKey key() {
        return key;
    }
}
