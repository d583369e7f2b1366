// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The count of a knote's events that are in batches. */
class HandlingTest {
    private int told;

    private final Handling handling = new Counted();

    private final class Counted extends Handling {
        @Override
        void handlingEnded() {
            told++;
        }
    }

    @Test
    void eventIsHeldFromItsDeliveryToTheEndOfItsHandling() {
        assertFalse(handling.isHeld());
        handling.delivered();
        assertTrue(handling.isHeld());
        assertEquals(0, handling.begun());
        assertTrue(handling.begin());
        assertEquals(1, handling.begun());
        handling.end();
        assertFalse(handling.isHeld());
        assertEquals(0, handling.begun());
    }

    @Test
    void eventThatIsWithdrawnWasNeverBegun() {
        handling.delivered();
        handling.delivered();
        assertTrue(handling.begin());
        handling.withdraw();
        assertTrue(handling.isHeld());
        assertEquals(1, handling.begun());
        handling.end();
        assertFalse(handling.isHeld());
    }

    @Test
    void eventOfAKnoteThatIsDeletedIsNotBegunAndCountsNoMore() {
        handling.delivered();
        handling.markDeleted();
        assertFalse(handling.begin());
        assertEquals(0, handling.begun());
        assertFalse(handling.isHeld());
    }

    @Test
    void endIsToldToWhoAskedForIt() {
        handling.delivered();
        handling.begin();
        handling.end();
        assertEquals(0, told);
        handling.askAttention();
        handling.delivered();
        handling.begin();
        handling.end();
        handling.delivered();
        handling.withdraw();
        assertEquals(2, told);
    }

    @Test
    void asManyEventsAreCountedAsThreadsHaveThem() {
        for (int i = 0; i < 1000; i++) {
            handling.delivered();
            assertTrue(handling.begin());
        }
        assertEquals(1000, handling.begun());
        for (int i = 0; i < 1000; i++) {
            handling.end();
        }
        assertFalse(handling.isHeld());
    }
}
