// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** When a look is left to the thread that has changed something. */
class PostponementTest {
    private final Postponement postponement = new Postponement();

    private void load(int looks) {
        for (int i = 0; i < looks; i++) {
            postponement.mayLeaveOne();
        }
    }

    private void sleep(int times) {
        for (int i = 0; i < times; i++) {
            postponement.wentToSleep();
        }
    }

    @Test
    void noLookIsLeftBeforeThereIsLoad() {
        load(Postponement.LOAD - 2);
        assertFalse(postponement.mayLeaveOne());
        assertEquals(Deadline.FOREVER, postponement.longestSleep());
    }

    @Test
    void looksAreLeftUnderLoadAndThreadsSleepNoLongerThanAWhile() {
        load(Postponement.LOAD - 1);
        assertTrue(postponement.mayLeaveOne());
        assertEquals(Postponement.LIMIT_NANOS, postponement.longestSleep());
    }

    @Test
    void eventsThatComeOneByOneAreNoLoad() {
        for (int i = 0; i < 10 * Postponement.LOAD; i++) {
            sleep(1);
            assertFalse(postponement.mayLeaveOne());
        }
    }

    @Test
    void aFewSleepsDoNotEndLoad() {
        load(Postponement.LOAD);
        sleep(Postponement.LOAD - 2);
        assertTrue(postponement.mayLeaveOne());
    }

    @Test
    void loadHoweverLongIsOverSoon() {
        load(100 * Postponement.FULL_LOAD);
        sleep(Postponement.FULL_LOAD);
        assertEquals(Deadline.FOREVER, postponement.longestSleep());
        assertFalse(postponement.mayLeaveOne());
    }
}
