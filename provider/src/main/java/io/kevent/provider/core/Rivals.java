// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Who in this JVM may watch the same channel so that an event wakes one: all open selectors and queues, each as what it is to the JDK. Of those the kernel
 * tells one, and no other if that one has no use for what it was told: then the others have to look for themselves. One that the application loses without
 * closing it is not kept alive by being here. Any thread.
 */
public final class Rivals {
    private static final Set<Selector> ALL = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private Rivals() { }

    /**
     * From now on it is offered what others have no use for.
     *
     * @param selector what channels are registered with; its keys are {@link KnoteKey}s
     */
    public static void add(Selector selector) {
        ALL.add(selector);
    }

    /**
     * It is offered nothing any more.
     *
     * @param selector one that was added, or not
     */
    public static void remove(Selector selector) {
        ALL.remove(selector);
    }

    /**
     * Has all others look that watch the same channels so that an event wakes one. Not to be called with the lock of a queue held: each other queue's is
     * taken. Nor as long as a thread may wait for the knotes in the kernel, which could choose them once more.
     *
     * @param dropped the knotes of the one whom the kernel has told, or may have told, what it has no use for
     */
    public static void offer(List<? extends Knote> dropped) {
        if (dropped.isEmpty()) {
            return;
        }
        Attempts attempts = new Attempts();
        for (Selector each : ALL.toArray(Selector[]::new)) {
            for (Knote knote : dropped) {
                try {
                    offer(knote, knote.channel().keyFor(each));
                } catch (RuntimeException | Error e) {
                    // one rival's trouble: the others are to be told nonetheless
                    attempts.failed(e);
                }
            }
        }
        attempts.endUnchecked();
    }

    private static void offer(Knote dropped, SelectionKey key) {
        if (key instanceof KnoteKey && ((KnoteKey) key).knote() != dropped) {
            ((KnoteKey) key).lookAgain();
        }
    }
}
