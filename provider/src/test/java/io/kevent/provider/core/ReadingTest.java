// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the reading word says of reads, where numbers end. */
class ReadingTest {
    private static final int LOOKS = 1 << 24;
    private static final int MANY = 20;

    private static int took(int look) {
        return Reading.ended(Reading.begun(0), true, true, look);
    }

    @Test
    void readsThatAreTooManyToBeCountedAreTakenToBeUnderWayForEver() {
        int word = 0;
        for (int i = 0; i < MANY; i++) {
            word = Reading.begun(word);
        }
        for (int i = 0; i < MANY; i++) {
            word = Reading.ended(word, true, true, 1);
        }
        assertFalse(Reading.tookBefore(word, 2, 2));
        assertFalse(Reading.isEmptied(word));
        assertTrue(Reading.isRead(Reading.ended(Reading.begun(0), false, false, 1)));
    }

    @Test
    void readsThatCanBeCountedEnd() {
        int word = 0;
        for (int i = 0; i < 14; i++) {
            word = Reading.begun(word);
        }
        for (int i = 0; i < 14; i++) {
            assertFalse(Reading.tookBefore(word, 2, 2));
            word = Reading.ended(word, true, true, 1);
        }
        assertTrue(Reading.tookBefore(word, 2, 2));
    }

    @Test
    void numbersOfLooksWrap() {
        assertTrue(Reading.tookBefore(took(-1), 0, 0));
        assertFalse(Reading.tookBefore(took(0), -1, 0));
        assertTrue(Reading.tookBefore(took(Integer.MAX_VALUE), Integer.MIN_VALUE, Integer.MIN_VALUE));
    }

    @Test
    void readThatIsTooLongAgoIsNotSaidToBeBefore() {
        assertTrue(Reading.tookBefore(took(7), 7 + LOOKS - 1, 7 + LOOKS - 1));
        assertFalse(Reading.tookBefore(took(7), 7 + LOOKS, 7 + LOOKS));
    }

    @Test
    void readAfterALookThatIsTooLongAgoIsNotSaidToBeBefore() {
        int word = took(7 + LOOKS + 1);
        assertFalse(Reading.tookBefore(word, 7, 7 + LOOKS + 1));
        assertFalse(Reading.tookBefore(word, 7 - 1, 7 + LOOKS + 1));
    }

    @Test
    void readThatTookNothingLeavesTheNumberOfTheOneThatDid() {
        int word = Reading.ended(Reading.begun(took(7)), false, true, 9);
        assertTrue(Reading.tookBefore(word, 8, 9));
        assertFalse(Reading.tookBefore(word, 7, 9));
    }
}
