// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import io.kevent.provider.core.Collector;
import io.kevent.provider.core.KnoteTable;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The open selectors that run on kevent's core. A selector that the application loses without closing it is not kept alive by being here. Any thread. */
public final class SelectorRegistry {
    private static final AtomicLong LAST_ID = new AtomicLong();
    private static final Map<Long, Entry> ENTRIES = new ConcurrentSkipListMap<>();
    private static final ReferenceQueue<SelectorWatch> LOST = new ReferenceQueue<>();

    private static final class Entry extends WeakReference<SelectorWatch> {
        private final Long id;

        Entry(SelectorWatch watch) {
            super(watch, LOST);
            this.id = watch.id();
        }
    }

    private SelectorRegistry() { }

    /**
     * Has a selector watched until {@link SelectorWatch#close()}.
     *
     * @param kind {@code kevent} or {@code adopted}
     * @param selector the selector; it holds the watch, or something that lives no longer than it
     * @param collector what it runs on
     * @param table the knotes of its keys
     * @return what to tell of each select
     */
    public static SelectorWatch add(String kind, Selector selector, Collector collector, KnoteTable table) {
        Recorder.start();
        Management.registerIfInUse();
        for (Reference<?> lost = LOST.poll(); lost != null; lost = LOST.poll()) {
            ENTRIES.remove(((Entry) lost).id);
        }
        SelectorWatch watch = new SelectorWatch(LAST_ID.incrementAndGet(), kind, selector, collector, table);
        ENTRIES.put(watch.id(), new Entry(watch));
        return watch;
    }

    static void remove(SelectorWatch watch) {
        ENTRIES.remove(watch.id());
    }

    /**
     * Looks at all open selectors. Takes none of their locks: a selector goes on meanwhile, and one that hangs can be looked at.
     *
     * @return their figures, the oldest selector first
     */
    public static List<SelectorFigures> snapshot() {
        return watches().map(SelectorWatch::figures).toList();
    }

    /**
     * Counts the open selectors of a kind.
     *
     * @param kind {@code kevent} or {@code adopted}
     * @return how many there are
     */
    public static int count(String kind) {
        return (int) watches().filter(watch -> watch.kind().equals(kind)).count();
    }

    /** Those of the selectors that are not lost, the oldest first. */
    private static Stream<SelectorWatch> watches() {
        return ENTRIES.values().stream().map(Reference::get).filter(Objects::nonNull);
    }
}
