// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.core.Knote;
import io.kevent.provider.core.KnoteKey;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What an agent that sees the application's reads can tell. A key whose channel a read has emptied need not be verified when its interest is turned on
 * again, nor one that nobody has read since the kernel told that there is something.
 */
public final class ReadLearning {
    private ReadLearning() { }

    /**
     * A read is about to begin. Any thread.
     *
     * @param keys the channel's keys, perhaps with gaps, or null; may change meanwhile
     * @param others finds the knotes of keys that are not kevent's, or answers null
     * @return what {@link #endRead} must be called with; null if there is nobody to learn
     */
    public static Object beginRead(SelectionKey[] keys, Function<SelectionKey, Knote> others) {
        if (keys == null) {
            return null;
        }
        Knote first = null;
        List<Knote> all = null;
        for (SelectionKey key : keys) {
            Knote knote = key == null ? null : key instanceof KnoteKey ? ((KnoteKey) key).knote() : others.apply(key);
            if (knote == null) {
                continue;
            }
            knote.beginRead();
            if (first == null) {
                first = knote;
            } else {
                if (all == null) {
                    all = new ArrayList<>();
                    all.add(first);
                }
                all.add(knote);
            }
        }
        return all == null ? first : all;
    }

    /**
     * The read has ended, however it did. Any thread.
     *
     * @param begun what {@link #beginRead} returned, not null
     * @param took whether it has returned something, or threw, so that who knows
     * @param emptied whether it has returned less than it had room for, and no end of stream
     */
    public static void endRead(Object begun, boolean took, boolean emptied) {
        if (begun instanceof Knote) {
            ((Knote) begun).endRead(took, emptied);
        } else {
            for (Object knote : (List<?>) begun) {
                ((Knote) knote).endRead(took, emptied);
            }
        }
    }
}
