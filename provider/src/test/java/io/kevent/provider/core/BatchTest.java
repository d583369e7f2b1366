// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Events;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What one turn found. */
class BatchTest {
    private final Batch batch = new Batch(null, null);

    @Test
    void isEmptyAtFirst() {
        assertTrue(batch.isEmpty());
        assertNull(batch.take());
    }

    @Test
    void knoteAddedTwiceIsTakenOnceWithAllItsEvents() {
        TestKnote knote = standing(1);
        batch.add(knote, Events.IN);
        batch.add(knote, Events.OUT);
        assertSame(knote, batch.take());
        assertEquals(Events.IN | Events.OUT, knote.fresh);
        assertNull(batch.take());
    }

    @Test
    void knotesAreTakenInTheOrderOfTheirAddition() {
        TestKnote[] knotes = TestKnote.some(1000);
        for (TestKnote knote : knotes) {
            knote.arming = LevelArming.INSTANCE;
            batch.add(knote, Events.IN);
        }
        for (TestKnote knote : knotes) {
            assertSame(knote, batch.take());
        }
        assertNull(batch.take());
    }

    @Test
    void isEmptyWhenAllIsTaken() {
        batch.add(standing(1), Events.IN);
        batch.take();
        batch.take();
        assertTrue(batch.isEmpty());
    }

    @Test
    void canBeFilledAgain() {
        TestKnote knote = standing(1);
        for (int round = 0; round < 3; round++) {
            batch.add(knote, Events.IN);
            assertSame(knote, batch.take());
            knote.fresh = 0;
            assertNull(batch.take());
        }
    }

    /** One that is in the kernel: another would be passed over. */
    private static TestKnote standing(int fd) {
        TestKnote knote = new TestKnote(fd);
        knote.arming = LevelArming.INSTANCE;
        return knote;
    }
}
