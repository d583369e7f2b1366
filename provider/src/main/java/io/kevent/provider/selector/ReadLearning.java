// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import java.nio.channels.SelectionKey;

/**
 * What an agent that sees the application's reads can tell: that a read has emptied a channel. A key of which that is known need not be verified when its
 * interest is turned on again.
 */
public final class ReadLearning {
    /** Nothing can be learned from the read. */
    public static final int NOTHING = -1;

    private ReadLearning() { }

    /**
     * A read is about to begin. Any thread.
     *
     * @param keys the channel's keys, perhaps with gaps, or null; may change meanwhile
     * @return what to call {@link #drained} with, or {@link #NOTHING}
     */
    public static int beforeRead(SelectionKey[] keys) {
        KeventSelectionKey key = only(keys);
        return key == null ? NOTHING : key.knote().beforeRead();
    }

    /**
     * The read has returned less than it had room for, and no end of stream.
     *
     * @param keys the channel's keys
     * @param before what {@link #beforeRead} returned, not {@link #NOTHING}
     */
    public static void drained(SelectionKey[] keys, int before) {
        KeventSelectionKey key = only(keys);
        if (key != null) {
            key.knote().drained(before);
        }
    }

    /** The key of a channel that has one only; with several selectors one number could not stand for all. */
    private static KeventSelectionKey only(SelectionKey[] keys) {
        if (keys == null) {
            return null;
        }
        SelectionKey only = null;
        for (SelectionKey key : keys) {
            if (key != null) {
                if (only != null) {
                    return null;
                }
                only = key;
            }
        }
        return only instanceof KeventSelectionKey ? (KeventSelectionKey) only : null;
    }
}
