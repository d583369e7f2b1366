// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.core.Knote;
import io.kevent.provider.core.KnoteKey;
import java.nio.channels.SelectionKey;
import java.util.function.Function;

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
     * @param others finds the knotes of keys that are not kevent's, or answers null
     * @return what to call {@link #drained} with, or {@link #NOTHING}
     */
    public static int beforeRead(SelectionKey[] keys, Function<SelectionKey, Knote> others) {
        Knote knote = only(keys, others);
        return knote == null ? NOTHING : knote.beforeRead();
    }

    /**
     * The read has returned less than it had room for, and no end of stream.
     *
     * @param keys the channel's keys
     * @param others finds the knotes of keys that are not kevent's, or answers null
     * @param before what {@link #beforeRead} returned, not {@link #NOTHING}
     */
    public static void drained(SelectionKey[] keys, Function<SelectionKey, Knote> others, int before) {
        Knote knote = only(keys, others);
        if (knote != null) {
            knote.drained(before);
        }
    }

    /** The knote of a channel that has one key only; with several selectors one number could not stand for all. */
    private static Knote only(SelectionKey[] keys, Function<SelectionKey, Knote> others) {
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
        if (only == null) {
            return null;
        }
        return only instanceof KnoteKey ? ((KnoteKey) only).knote() : others.apply(only);
    }
}
