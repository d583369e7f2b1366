// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import io.kevent.provider.core.Knote;
import java.nio.channels.SelectionKey;

/** A knote whose owner is a key of the JDK's. */
final class AdoptedKnote extends Knote {
    private final SelectionKey key;

    AdoptedKnote(SelectionKey key) {
        super(key.channel(), false);
        this.key = key;
    }

    SelectionKey key() {
        return key;
    }
}
