// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.KeventQueue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The rings without a dispatcher: the order in them against that of a set, and the bound where several are due. */
class ReadyRingsTest {
    private static final int STEPS = 50_000;

    private final ReadyRings rings = new ReadyRings();
    private TestQueue events;

    @BeforeEach
    void open() throws IOException {
        events = new TestQueue();
    }

    @AfterEach
    void close() throws IOException {
        events.close();
    }

    private QueueKnote knote(int priority) {
        return (QueueKnote) events.queue.user(KeventQueue.priority(priority), null);
    }

    @Test
    void ringKeepsTheOrderOfASetFromWhichAnyMayBeTaken() {
        Random random = new Random(4);
        List<QueueKnote> knotes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            knotes.add(knote(3));
        }
        LinkedHashSet<QueueKnote> model = new LinkedHashSet<>();
        for (int i = 0; i < STEPS; i++) {
            QueueKnote knote = knotes.get(random.nextInt(knotes.size()));
            int step = random.nextInt(5);
            if (step < 2) {
                rings.add(knote);
                model.add(knote);
            } else if (step < 4) {
                rings.remove(knote);
                model.remove(knote);
            } else if (model.isEmpty()) {
                assertNull(rings.take());
            } else {
                QueueKnote first = model.iterator().next();
                assertSame(first, rings.take());
                model.remove(first);
            }
            assertEquals(model.size(), rings.size());
        }
    }

    @Test
    void knoteStandsInItsRingOnce() {
        QueueKnote knote = knote(3);
        rings.add(knote);
        rings.add(knote);
        assertEquals(1, rings.size());
        assertSame(knote, rings.take());
        assertNull(rings.take());
        rings.remove(knote);
        assertEquals(0, rings.size());
    }

    @Test
    void eachOfAllPrioritiesIsServedWithinItsBoundWhileHigherOnesStayBusy() {
        List<QueueKnote> knotes = new ArrayList<>();
        for (int priority = 0; priority < 8; priority++) {
            knotes.add(knote(priority));
        }
        int[] passedOver = new int[8];
        knotes.forEach(rings::add);
        for (int i = 0; i < STEPS; i++) {
            ReadyKnote served = rings.take();
            for (int priority = 0; priority < 8; priority++) {
                passedOver[priority] = knotes.get(priority) == served ? 0 : passedOver[priority] + 1;
                // the others that are due go first, each once
                assertTrue(passedOver[priority] <= ReadyRings.BOUND + 7, "priority " + priority);
            }
            rings.add(served);
        }
    }

    @Test
    void higherPrioritiesAreServedMoreOften() {
        QueueKnote high = knote(7);
        QueueKnote low = knote(0);
        rings.add(high);
        rings.add(low);
        int served = 0;
        for (int i = 0; i < (ReadyRings.BOUND + 1) * 10; i++) {
            ReadyKnote knote = rings.take();
            served += knote == low ? 1 : 0;
            rings.add(knote);
        }
        assertEquals(10, served);
    }
}
