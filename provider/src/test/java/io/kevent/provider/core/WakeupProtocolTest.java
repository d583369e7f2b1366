// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Doorbell;
import java.io.IOException;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The states of the wake-up, one thread playing all parts. */
class WakeupProtocolTest {
    private int rings;
    private boolean closed;
    private final Wakeup wakeup = new Wakeup(new Doorbell() {
        @Override
        public void ring() {
            assertFalse(closed, "rung after it was closed");
            rings++;
        }

        @Override
        public void close() {
            closed = true;
        }
    });

    @Test
    void nobodyWaitingIsNotRung() throws IOException {
        wakeup.wake();
        assertEquals(0, rings);
        assertFalse(wakeup.prepareToWait());
        assertTrue(wakeup.heard());
    }

    @Test
    void waiterIsRungOnce() throws IOException {
        assertTrue(wakeup.prepareToWait());
        wakeup.wake();
        wakeup.wake();
        assertEquals(1, rings);
        assertTrue(wakeup.heard());
    }

    @Test
    void waiterThatComesBackByItselfHeardNothing() {
        assertTrue(wakeup.prepareToWait());
        assertFalse(wakeup.heard());
    }

    @Test
    void collectorThatDidNotWaitHearsWhatCameMeanwhile() throws IOException {
        wakeup.wake();
        assertTrue(wakeup.heard());
        assertFalse(wakeup.heard());
    }

    @Test
    void whatWasHeardDoesNotKeepTheNextWaitFromBeginning() throws IOException {
        wakeup.wake();
        wakeup.heard();
        assertTrue(wakeup.prepareToWait());
    }

    @Test
    void nudgeEndsAWaitAndIsNotHeard() throws IOException {
        assertTrue(wakeup.prepareToWait());
        wakeup.nudge();
        wakeup.nudge();
        assertEquals(1, rings);
        assertFalse(wakeup.heard());
        assertTrue(wakeup.prepareToWait());
    }

    @Test
    void nudgeKeepsTheNextWaitFromBeginning() throws IOException {
        wakeup.nudge();
        assertEquals(0, rings);
        assertFalse(wakeup.prepareToWait());
        assertFalse(wakeup.heard());
    }

    @Test
    void wakeUpAfterANudgeIsHeardAndRingsNoSecondTime() throws IOException {
        assertTrue(wakeup.prepareToWait());
        wakeup.nudge();
        wakeup.wake();
        assertEquals(1, rings);
        assertTrue(wakeup.heard());
    }

    @Test
    void closedIsWokenByNobody() throws IOException {
        assertFalse(wakeup.close());
        assertFalse(wakeup.wake());
    }

    @Test
    void closeTellsWhatNobodyHeard() throws IOException {
        assertTrue(wakeup.wake());
        assertTrue(wakeup.close());
    }

    @Test
    void closeTellsNothingOfANudge() throws IOException {
        wakeup.nudge();
        assertFalse(wakeup.close());
    }

    @Test
    void closedBellIsNotRung() throws IOException {
        assertTrue(wakeup.prepareToWait());
        wakeup.close();
        assertTrue(closed);
        wakeup.wake();
        assertEquals(0, rings);
    }
}
