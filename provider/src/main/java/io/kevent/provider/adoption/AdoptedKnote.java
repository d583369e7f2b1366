// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import io.kevent.provider.core.Knote;
import io.kevent.provider.core.Looks;
import java.nio.channels.SelectionKey;

/** A knote whose owner is a key of the JDK's. */
final class AdoptedKnote extends Knote {
    private final SelectionKey key;
    private final Looks looks;

    AdoptedKnote(SelectionKey key, Looks looks) {
        super(key.channel(), false);
        this.key = key;
        this.looks = looks;
    }

    @Override
    protected Looks looks() {
        return looks;
    }

    SelectionKey key() {
        return key;
    }
}
