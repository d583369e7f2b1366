// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static io.kevent.KeventOps.OP_WAKE_ONE;
import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The transitions of the interest word. */
class InterestTest {
    private static final int ALL_OPERATIONS = OP_READ | OP_WRITE | OP_CONNECT | OP_ACCEPT;

    private static int noted(int interest) {
        return Interest.noted(Interest.changed(0, interest));
    }

    private static int notedQuietly(int interest) {
        return Interest.notedQuietly(Interest.changed(0, interest));
    }

    @Test
    void fieldsDoNotOverlap() {
        int[] fields = {Interest.SET, Interest.QUIET, Interest.noted(0) | Interest.DISABLED, Interest.QUEUED, ALL_OPERATIONS << 8};
        int seen = 0;
        for (int field : fields) {
            assertEquals(0, seen & field);
            seen |= field;
        }
    }

    @Test
    void changeSetsTheInterestAndQueues() {
        int word = Interest.changed(0, OP_READ | OP_WAKE_ONE);
        assertEquals(OP_READ | OP_WAKE_ONE, word & Interest.SET);
        assertTrue(Interest.has(word, Interest.QUEUED));
    }

    @Test
    void changeToTheSameInterestIsNone() {
        int word = noted(OP_READ);
        assertEquals(word, Interest.changed(word, OP_READ));
    }

    @Test
    void firstInterestIsTurnedOn() {
        assertEquals(ALL_OPERATIONS, Interest.turnedOn(Interest.changed(0, ALL_OPERATIONS)));
    }

    @Test
    void operationThatWasOnIsNotTurnedOn() {
        assertEquals(OP_WRITE, Interest.turnedOn(Interest.changed(noted(OP_READ), OP_READ | OP_WRITE)));
    }

    @Test
    void operationTurnedOffAndOnBeforeTheCollectorLookedIsTurnedOn() {
        int word = Interest.changed(Interest.changed(noted(OP_READ), 0), OP_READ);
        assertEquals(OP_READ, Interest.turnedOn(word));
    }

    @Test
    void operationTurnedOnAndOffIsNotTurnedOn() {
        int word = Interest.changed(Interest.changed(noted(0), OP_READ | OP_WRITE), OP_WRITE);
        assertEquals(OP_WRITE, Interest.turnedOn(word));
    }

    @Test
    void turnedOnAddsUpUntilNoted() {
        int word = Interest.changed(Interest.changed(noted(0), OP_READ), OP_READ | OP_WRITE);
        assertEquals(OP_READ | OP_WRITE, Interest.turnedOn(word));
        assertEquals(0, Interest.turnedOn(Interest.noted(word)));
    }

    @Test
    void edgeTurnedOnTurnsAllOperationsOn() {
        assertEquals(OP_READ | OP_WRITE, Interest.turnedOn(Interest.changed(noted(OP_READ | OP_WRITE), OP_READ | OP_WRITE | OP_EDGE)));
    }

    @Test
    void edgeTurnedOffTurnsNothingOn() {
        assertEquals(0, Interest.turnedOn(Interest.changed(noted(OP_READ | OP_EDGE), OP_READ)));
    }

    @Test
    void optionsAreNeverTurnedOn() {
        assertEquals(0, Interest.turnedOn(Interest.changed(0, OP_EDGE | OP_DISPATCH | OP_WAKE_ONE)));
    }

    @Test
    void reportWithoutOptionsChangesNothing() {
        int word = noted(OP_READ | OP_EDGE | OP_WAKE_ONE);
        assertEquals(word, Interest.reported(word));
    }

    @Test
    void oneShotEmptiesTheInterestOptionsIncluded() {
        int word = Interest.reported(Interest.changed(noted(OP_READ | OP_ONESHOT), OP_READ | OP_WRITE | OP_EDGE | OP_ONESHOT));
        assertEquals(0, word & Interest.SET);
        assertEquals(0, Interest.turnedOn(word));
        assertTrue(Interest.has(word, Interest.QUEUED));
    }

    @Test
    void dispatchDisablesAndKeepsTheInterest() {
        int word = Interest.reported(noted(OP_READ | OP_DISPATCH));
        assertEquals(OP_READ | OP_DISPATCH, word & Interest.SET);
        assertEquals(0, Interest.enabledOperations(word));
        assertEquals(OP_READ, (word & Interest.OPERATIONS));
        assertTrue(Interest.has(word, Interest.QUEUED));
    }

    @Test
    void sameInterestEnablesADisabledKnoteAndTurnsItsOperationsOn() {
        int disabled = Interest.noted(Interest.reported(noted(OP_READ | OP_WRITE | OP_DISPATCH)));
        int word = Interest.changed(disabled, OP_READ | OP_WRITE | OP_DISPATCH);
        assertFalse(Interest.has(word, Interest.DISABLED));
        assertTrue(Interest.has(word, Interest.QUEUED));
        assertEquals(OP_READ | OP_WRITE, Interest.turnedOn(word));
        assertEquals(OP_READ | OP_WRITE, Interest.enabledOperations(word));
    }

    @Test
    void otherInterestEnablesADisabledKnote() {
        int disabled = Interest.noted(Interest.reported(noted(OP_READ | OP_DISPATCH)));
        assertEquals(OP_WRITE, Interest.enabledOperations(Interest.changed(disabled, OP_WRITE)));
    }

    @Test
    void notingKeepsInterestAndDisabled() {
        int word = Interest.reported(noted(OP_READ | OP_DISPATCH));
        assertEquals(word & ~Interest.QUEUED, Interest.noted(word));
    }

    @Test
    void requeueingBringsBackWhatWasTurnedOn() {
        int before = Interest.changed(0, OP_READ);
        int word = Interest.requeued(Interest.noted(before), before);
        assertEquals(before, word);
    }

    @Test
    void requeueingKeepsTheInterestThatIsNew() {
        int before = Interest.changed(0, OP_READ);
        int word = Interest.requeued(Interest.changed(Interest.noted(before), OP_WRITE), before);
        assertEquals(OP_WRITE, word & Interest.SET);
    }

    @Test
    void quietInterestGoesOffAndComesBackUnqueued() {
        int word = notedQuietly(OP_READ | OP_WRITE);
        int off = Interest.changed(word, 0);
        assertEquals(0, off & Interest.SET);
        assertFalse(Interest.has(off, Interest.QUEUED));
        assertEquals(0, Interest.turnedOn(off));
        assertEquals(word, Interest.changed(off, OP_READ | OP_WRITE));
    }

    @Test
    void quietInterestThatComesBackAsAnotherIsQueuedAndTurnedOn() {
        int word = Interest.changed(Interest.changed(notedQuietly(OP_READ | OP_WRITE), 0), OP_WRITE);
        assertEquals(OP_WRITE, word & Interest.SET);
        assertTrue(Interest.has(word, Interest.QUEUED));
        assertFalse(Interest.has(word, Interest.QUIET));
        assertEquals(OP_WRITE, Interest.turnedOn(word));
    }

    @Test
    void quietInterestThatChangesOtherwiseIsQueued() {
        int word = notedQuietly(OP_READ | OP_WRITE);
        for (int interest : new int[] {OP_READ, OP_WRITE, OP_READ | OP_WRITE | OP_EDGE}) {
            int changed = Interest.changed(word, interest);
            assertEquals(interest, changed & Interest.SET);
            assertTrue(Interest.has(changed, Interest.QUEUED));
            assertFalse(Interest.has(changed, Interest.QUIET));
        }
    }

    @Test
    void interestIsNotQuietWithOptionsNorWhenEmptyNorWhenDisabled() {
        assertFalse(Interest.has(notedQuietly(OP_READ | OP_DISPATCH), Interest.QUIET));
        assertFalse(Interest.has(notedQuietly(OP_READ | OP_WAKE_ONE), Interest.QUIET));
        assertFalse(Interest.has(notedQuietly(0), Interest.QUIET));
        assertFalse(Interest.has(Interest.notedQuietly(Interest.disabled(noted(OP_READ))), Interest.QUIET));
    }

    @Test
    void disablingAQuietInterestIsQueued() {
        int word = Interest.disabled(Interest.changed(notedQuietly(OP_READ), 0));
        assertTrue(Interest.has(word, Interest.QUEUED));
        assertFalse(Interest.has(word, Interest.QUIET));
        assertEquals(0, Interest.turnedOn(word));
    }

    @Test
    void requeueingAQuietInterestThatIsOffTurnsNothingOnButWhatWasNoted() {
        int word = Interest.requeued(Interest.changed(notedQuietly(OP_READ), 0), Interest.changed(0, OP_WRITE));
        assertFalse(Interest.has(word, Interest.QUIET));
        assertEquals(OP_WRITE, Interest.turnedOn(word));
    }

    @Test
    void quietInterestIsQueuedWhenItsChangesCannotBeCountedAnyMore() {
        int word = notedQuietly(OP_READ);
        int quiet = 0;
        while (!Interest.has(word, Interest.QUEUED)) {
            assertEquals(quiet, Interest.asked(word));
            word = Interest.counted(Interest.changed(word, OP_READ - (word & OP_READ)));
            quiet++;
        }
        assertEquals(word, Interest.counted(word));
    }
}
