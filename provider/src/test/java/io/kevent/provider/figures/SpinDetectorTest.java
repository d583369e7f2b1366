// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SpinDetectorTest {
    private static final SpinCause CAUSE = SpinCause.KEPT_SELECTED;

    private final SpinDetector detector = new SpinDetector();

    private int noticed(SpinCause cause, int selects, long waitedEach) {
        int noticed = 0;
        for (int i = 0; i < selects; i++) {
            if (detector.inVain(cause, i * waitedEach)) {
                noticed++;
            }
        }
        return noticed;
    }

    @Test
    void runOfVainSelectsIsASpin() {
        assertEquals(0, noticed(CAUSE, CAUSE.run - 1, 0));
        assertTrue(detector.inVain(CAUSE, 0));
        assertEquals(CAUSE.run, detector.run());
    }

    @Test
    void spinIsToldOnceHoweverLongItIs() {
        assertEquals(1, noticed(CAUSE, 10 * CAUSE.run, 0));
        assertEquals(10 * CAUSE.run, detector.run());
    }

    @Test
    void selectInOrderEndsTheRun() {
        noticed(CAUSE, CAUSE.run - 1, 0);
        detector.inOrder();
        assertEquals(0, detector.run());
        assertFalse(detector.inVain(CAUSE, 0));
    }

    @Test
    void secondRunIsASpinOfItsOwn() {
        assertEquals(1, noticed(CAUSE, CAUSE.run, 0));
        detector.inOrder();
        assertEquals(1, noticed(CAUSE, CAUSE.run, 0));
    }

    @Test
    void anotherCauseBeginsAnotherRun() {
        noticed(CAUSE, CAUSE.run - 1, 0);
        assertFalse(detector.inVain(SpinCause.INTERRUPTED, 0));
        assertEquals(1, detector.run());
    }

    @Test
    void selectsThatWaitAreNoSpin() {
        assertEquals(0, noticed(CAUSE, 10 * CAUSE.run, 1_000_000));
    }

    @Test
    void whatWorkCanLookLikeTakesALongerRun() {
        assertEquals(0, noticed(SpinCause.WOKEN, CAUSE.run, 0));
        assertEquals(1, noticed(SpinCause.WOKEN, SpinCause.WOKEN.run, 0));
    }
}
