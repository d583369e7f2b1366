// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The table of knotes by descriptor. */
class KnoteTableTest {
    private static final int MANY = 20_000;

    private final KnoteTable table = new KnoteTable();

    private static List<Knote> contents(KnoteTable table) {
        List<Knote> contents = new ArrayList<>();
        table.forEach(contents::add);
        return contents;
    }

    @Test
    void emptyTableHasNothing() {
        assertNull(table.get(0));
        assertNull(table.get(MANY));
        assertEquals(0, table.size());
        assertFalse(table.iterator().hasNext());
        assertThrows(NoSuchElementException.class, () -> table.iterator().next());
    }

    @Test
    void descriptorThatIsNoneIsNotFound() {
        table.add(new TestKnote(0));
        assertNull(table.get(-1));
        assertNull(table.get(Integer.MAX_VALUE));
    }

    @Test
    void knoteOfAHighDescriptorIsFound() {
        TestKnote high = new TestKnote(1_000_000);
        table.add(high);
        assertSame(high, table.get(1_000_000));
        assertNull(table.get(999_999));
        assertEquals(List.of(high), contents(table));
    }

    @Test
    void twentyThousandDescriptorsAreHeld() {
        TestKnote[] knotes = TestKnote.some(MANY);
        for (TestKnote knote : knotes) {
            table.add(knote);
        }
        assertEquals(MANY, table.size());
        for (TestKnote knote : knotes) {
            assertSame(knote, table.get(knote.fd()));
        }
        assertEquals(List.of(knotes), contents(table));
    }

    @Test
    void secondKnoteOfADescriptorIsRefused() {
        TestKnote first = new TestKnote(7);
        table.add(first);
        assertThrows(IllegalStateException.class, () -> table.add(new TestKnote(7)));
        assertSame(first, table.get(7));
        assertEquals(1, table.size());
    }

    @Test
    void removalOfAnotherKnoteOfTheDescriptorDoesNothing() {
        TestKnote first = new TestKnote(7);
        table.add(first);
        table.remove(new TestKnote(7));
        assertSame(first, table.get(7));
        assertEquals(1, table.size());
    }

    @Test
    void removalOfAKnoteThatNeverWasInTheTableDoesNothing() {
        table.remove(new TestKnote(MANY));
        assertEquals(0, table.size());
    }

    @Test
    void randomAdditionsAndRemovalsAgreeWithAMap() {
        Random random = new Random(42);
        Map<Integer, Knote> model = new HashMap<>();
        for (int step = 0; step < 100_000; step++) {
            int fd = random.nextInt(3000);
            if (model.containsKey(fd)) {
                table.remove(model.remove(fd));
            } else {
                TestKnote knote = new TestKnote(fd);
                table.add(knote);
                model.put(fd, knote);
            }
            assertSame(model.get(fd), table.get(fd));
            assertEquals(model.size(), table.size());
        }
        assertEquals(new HashSet<>(model.values()), new HashSet<>(contents(table)));
        assertEquals(model.size(), contents(table).size());
    }

    @Test
    void iterationSurvivesTheRemovalOfWhatItHasSeen() {
        for (TestKnote knote : TestKnote.some(500)) {
            table.add(knote);
        }
        for (Knote knote : table) {
            table.remove(knote);
        }
        assertEquals(0, table.size());
    }

    @Test
    void knoteRemovedAheadOfTheIterationIsNotSeen() {
        TestKnote[] knotes = TestKnote.some(200);
        for (TestKnote knote : knotes) {
            table.add(knote);
        }
        Iterator<Knote> iterator = table.iterator();
        iterator.next();
        table.remove(knotes[100]);
        Set<Knote> seen = new HashSet<>();
        iterator.forEachRemaining(seen::add);
        assertFalse(seen.contains(knotes[100]));
        assertTrue(seen.contains(knotes[199]));
    }

    @Test
    void iterationInOneThreadSeesAllThatStaysWhileAnotherAddsAndRemoves() throws Exception {
        Set<Knote> staying = new HashSet<>();
        for (int fd = 0; fd < 4000; fd += 2) {
            TestKnote knote = new TestKnote(fd);
            staying.add(knote);
            table.add(knote);
        }
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> changing = other.submit(() -> {
                Random random = new Random(1);
                for (int i = 0; i < 200_000; i++) {
                    TestKnote knote = new TestKnote(random.nextInt(10_000) * 2 + 1);
                    table.add(knote);
                    table.remove(knote);
                }
            });
            do {
                Set<Knote> seen = new HashSet<>(contents(table));
                assertTrue(seen.containsAll(staying));
            } while (!changing.isDone());
            changing.get(30, TimeUnit.SECONDS);
        } finally {
            other.shutdownNow();
        }
        assertEquals(staying, new HashSet<>(contents(table)));
    }
}
