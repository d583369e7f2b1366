// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The heap against a sorted map. */
class TimerHeapTest {
    private static final int STEPS = 100_000;
    private static final int ENTRIES = 500;

    private static final class Entry extends TimerHeap.Entry { }

    /** What runs, by its distance from the origin; how many are due then. */
    private final TreeMap<Long, Integer> model = new TreeMap<>();
    private final Random random = new Random(4);

    private void modelStart(long distance) {
        model.merge(distance, 1, Integer::sum);
    }

    private void modelStop(long distance) {
        model.merge(distance, -1, (one, other) -> one + other == 0 ? null : one + other);
    }

    private void assertFirst(TimerHeap heap, long origin) {
        if (model.isEmpty()) {
            assertNull(heap.first());
        } else {
            assertEquals(model.firstKey(), heap.first().due() - origin);
        }
    }

    private void runRandomly(long origin) {
        TimerHeap heap = new TimerHeap(() -> origin);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            entries.add(new Entry());
        }
        int running = 0;
        for (int i = 0; i < STEPS; i++) {
            // a few times more often than there are entries the same time is due
            long distance = random.nextInt(ENTRIES * 3);
            Entry entry = random.nextInt(8) == 0 && heap.first() != null ? (Entry) heap.first() : entries.get(random.nextInt(ENTRIES));
            if (entry.isRunning()) {
                modelStop(entry.due() - origin);
                running--;
            }
            if (random.nextInt(3) == 0) {
                entry.stop();
                assertFalse(entry.isRunning());
            } else {
                heap.start(entry, origin + distance);
                assertTrue(entry.isRunning());
                assertEquals(origin + distance, entry.due());
                modelStart(distance);
                running++;
            }
            assertEquals(running, heap.size());
            assertFirst(heap, origin);
        }
        for (int i = running; i > 0; i--) {
            modelStop(heap.first().due() - origin);
            heap.first().stop();
            assertFirst(heap, origin);
        }
    }

    @Test
    void firstIsTheOneThatIsDueFirst() {
        runRandomly(0);
    }

    @Test
    void clockMayRunOver() {
        runRandomly(Long.MAX_VALUE - ENTRIES);
    }

    @Test
    void entryLeavesItsHeapForAnother() {
        TimerHeap one = new TimerHeap(() -> 0);
        TimerHeap other = new TimerHeap(() -> 0);
        Entry entry = new Entry();
        one.start(entry, 1);
        other.start(entry, 2);
        assertNull(one.first());
        assertSame(entry, other.first());
        entry.stop();
        assertEquals(0, one.size() + other.size());
    }

    @Test
    void entryThatDoesNotRunIsStoppedInVain() {
        Entry entry = new Entry();
        entry.stop();
        assertFalse(entry.isRunning());
    }

    @Test
    void heapThatWasFullOfManyIsEmptyAgain() {
        TimerHeap heap = new TimerHeap(() -> 0);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            Entry entry = new Entry();
            entries.add(entry);
            heap.start(entry, random.nextInt());
        }
        long before = Long.MIN_VALUE;
        for (int i = 0; i < STEPS; i++) {
            assertTrue(heap.first().due() >= before);
            before = heap.first().due();
            heap.first().stop();
        }
        assertEquals(0, heap.size());
        assertTrue(entries.stream().noneMatch(TimerHeap.Entry::isRunning));
    }
}
