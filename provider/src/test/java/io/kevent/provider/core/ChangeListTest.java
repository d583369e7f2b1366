// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Events;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_ONESHOT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The list of knotes whose interest changed, and who comes to be in it. */
class ChangeListTest {
    private final ChangeList changes = new ChangeList();

    private List<Knote> takeAll() {
        List<Knote> taken = new ArrayList<>();
        Knote behind;
        for (Knote knote = changes.takeAll(); knote != null; knote = behind) {
            behind = knote.leaveList();
            taken.add(knote);
        }
        return taken;
    }

    @Test
    void emptyListGivesNothing() {
        assertNull(changes.takeAll());
    }

    @Test
    void oldestChangeComesFirst() {
        TestKnote[] knotes = TestKnote.some(5);
        for (TestKnote knote : knotes) {
            changes.push(knote);
        }
        assertEquals(List.of(knotes), takeAll());
    }

    @Test
    void listIsEmptyAfterItWasTaken() {
        changes.push(new TestKnote(1));
        takeAll();
        assertEquals(List.of(), takeAll());
    }

    @Test
    void knoteThatChangesTwiceIsInTheListOnce() {
        TestKnote knote = new TestKnote(1);
        knote.interest(OP_READ, changes);
        knote.interest(OP_WRITE, changes);
        knote.interest(0, changes);
        assertEquals(List.of(knote), takeAll());
    }

    @Test
    void knoteThatChangesAfterItWasNotedIsInTheListAgain() {
        TestKnote knote = new TestKnote(1);
        knote.interest(OP_READ, changes);
        takeAll();
        knote.noteInterest(false);
        knote.interest(OP_WRITE, changes);
        assertEquals(List.of(knote), takeAll());
    }

    @Test
    void knoteThatDoesNotChangeIsNotInTheList() {
        TestKnote knote = new TestKnote(1);
        knote.interest(OP_READ, changes);
        takeAll();
        knote.noteInterest(false);
        knote.interest(OP_READ, changes);
        assertEquals(List.of(), takeAll());
    }

    @Test
    void knoteWhoseQuietIsEndedByBothItsOwnerAndTheCollectorIsInTheListOnce() {
        TestKnote other = new TestKnote(2);
        other.interest(OP_READ, changes);
        TestKnote knote = new TestKnote(1);
        knote.interest(OP_READ, new ChangeList());
        knote.leaveList();
        knote.noteInterest(true);
        int before = knote.word();
        assertTrue(knote.swapWord(before, Interest.changed(before, OP_WRITE)));
        // the owner has not announced it yet
        assertFalse(Interest.has(knote.noteQuiet(), Interest.QUIET));
        knote.announce(changes);
        knote.interest(OP_READ | OP_WRITE, changes);
        assertEquals(List.of(other, knote), takeAll());
    }

    @Test
    void changeThatExpectedAnotherWordIsRefused() {
        TestKnote knote = new TestKnote(1);
        int before = knote.word();
        knote.interest(OP_READ, changes);
        assertFalse(knote.changeInterest(before, OP_WRITE, changes));
        assertEquals(OP_READ, knote.interest());
    }

    @Test
    void requeuedKnoteIsInTheListOnceThoughItChangedMeanwhile() {
        TestKnote knote = new TestKnote(1);
        knote.interest(OP_READ, changes);
        takeAll();
        int noted = knote.noteInterest(false);
        knote.interest(OP_WRITE, changes);
        knote.requeue(noted, changes);
        assertEquals(List.of(knote), takeAll());
    }

    @Test
    void deliveryUnderOneShotQueues() {
        TestKnote knote = new TestKnote(1);
        knote.interest(OP_READ | OP_ONESHOT, changes);
        takeAll();
        knote.noteInterest(false);
        assertEquals(OP_READ, knote.deliver(Events.IN, changes));
        assertEquals(0, knote.interest());
        assertEquals(List.of(knote), takeAll());
    }

    @Test
    void deliveryUnderDispatchQueuesAndDeliversNothingMore() {
        TestKnote knote = new TestKnote(1);
        knote.interest(OP_READ | OP_DISPATCH, changes);
        takeAll();
        knote.noteInterest(false);
        assertEquals(OP_READ, knote.deliver(Events.IN, changes));
        assertEquals(0, knote.deliver(Events.IN, changes));
        assertEquals(OP_READ | OP_DISPATCH, knote.interest());
        assertEquals(List.of(knote), takeAll());
    }

    @Test
    void eventsThatMakeNothingReadyLeaveOneShotArmed() {
        TestKnote knote = new TestKnote(1);
        knote.interest(OP_READ | OP_ONESHOT, changes);
        assertEquals(0, knote.deliver(Events.OUT, changes));
        assertEquals(OP_READ | OP_ONESHOT, knote.interest());
    }

    @Test
    void whatIsGivenBackComesAgain() {
        TestKnote[] knotes = TestKnote.some(4);
        for (TestKnote knote : knotes) {
            changes.push(knote);
        }
        Knote first = changes.takeAll();
        changes.giveBack(first.nextChange);
        assertEquals(List.of(knotes[1], knotes[2], knotes[3]), takeAll());
    }

    @Test
    void nothingCanBeGivenBack() {
        changes.giveBack(null);
        assertNull(changes.takeAll());
    }
}
