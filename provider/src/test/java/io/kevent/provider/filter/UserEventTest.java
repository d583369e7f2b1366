// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.DeletedKnoteException;
import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.UserKnote;
import io.kevent.provider.queue.Background;
import io.kevent.provider.queue.TestQueue;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.UserKnote.FlagOperation.AND;
import static io.kevent.UserKnote.FlagOperation.COPY;
import static io.kevent.UserKnote.FlagOperation.KEEP;
import static io.kevent.UserKnote.FlagOperation.OR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Events that the program triggers: values and flags. */
class UserEventTest {
    private TestQueue events;
    private UserKnote knote;

    @BeforeEach
    void open() throws IOException {
        events = new TestQueue();
        knote = events.queue.user(0, null);
    }

    @AfterEach
    void close() throws IOException {
        events.close();
    }

    private void assertTold(long value, int flags) throws Exception {
        EventBatch event = events.awaitEventOf(knote);
        assertEquals(value, event.data());
        assertEquals(flags, event.filterFlags());
        events.assertNothing();
    }

    @Test
    void valueOfTheLastTriggerIsTold() throws Exception {
        knote.trigger(1);
        knote.trigger(Long.MIN_VALUE);
        assertTold(Long.MIN_VALUE, 0);
    }

    @Test
    void triggerWithoutAValueTellsZero() throws Exception {
        knote.trigger(1);
        knote.trigger();
        assertTold(0, 0);
    }

    @Test
    void valueIsNotToldAgain() throws Exception {
        knote.trigger(5);
        assertTold(5, 0);
        knote.trigger();
        assertTold(0, 0);
    }

    @Test
    void flagsAreCopied() throws Exception {
        knote.trigger(1, COPY, 0b1100);
        knote.trigger(2, COPY, 0b0110);
        assertTold(2, 0b0110);
    }

    @Test
    void flagsAreAdded() throws Exception {
        knote.trigger(1, OR, 0b1100);
        knote.trigger(2, OR, 0b0110);
        assertTold(2, 0b1110);
    }

    @Test
    void flagsAreMasked() throws Exception {
        knote.trigger(1, COPY, 0b1100);
        knote.trigger(2, AND, 0b0110);
        assertTold(2, 0b0100);
    }

    @Test
    void flagsAreKept() throws Exception {
        knote.trigger(1, COPY, 0b1100);
        knote.trigger(2, KEEP, 0b0110);
        assertTold(2, 0b1100);
    }

    @Test
    void flagsStayWhenTheyAreTold() throws Exception {
        knote.trigger(1, OR, 0b01);
        assertTold(1, 0b01);
        knote.trigger(2, OR, 0b10);
        assertTold(2, 0b11);
        knote.trigger(3);
        assertTold(3, 0b11);
    }

    @Test
    void flagsAreChangedWithoutATrigger() throws Exception {
        assertEquals(0b0011, knote.flags(OR, 0b0011));
        assertEquals(0b0010, knote.flags(AND, 0b0110));
        assertEquals(0b1000, knote.flags(COPY, 0b1000));
        assertEquals(0b1000, knote.flags(KEEP, 0b0001));
        events.assertNothing();
        knote.trigger(1);
        assertTold(1, 0b1000);
    }

    @Test
    void flagsAreToldAsTheyAreWhenTheEventIsDelivered() throws Exception {
        knote.trigger(1, COPY, 0b01);
        knote.flags(OR, 0b10);
        assertTold(1, 0b11);
    }

    @Test
    void allFlagsOfTheMaskMayBeUsed() throws Exception {
        knote.trigger(1, COPY, UserKnote.FLAGS_MASK);
        assertTold(1, UserKnote.FLAGS_MASK);
    }

    @Test
    void flagsOutsideTheMaskAreRefusedByName() throws Exception {
        knote.flags(COPY, 1);
        for (int bad : new int[] {1 << 24, 1 << 31}) {
            String name = "0x" + Integer.toHexString(bad);
            assertTrue(assertThrows(IllegalArgumentException.class, () -> knote.trigger(1, OR, bad)).getMessage().contains(name));
            assertTrue(assertThrows(IllegalArgumentException.class, () -> knote.flags(OR, bad)).getMessage().contains(name));
        }
        events.assertNothing();
        assertEquals(1, knote.flags(KEEP, 0));
    }

    @Test
    void valueThatIsGivenBackGivesWayToANewerOne() throws Exception {
        knote.trigger(1, COPY, 0b01);
        assertEquals(1, events.queue.poll(events.batch));
        knote.trigger(2, OR, 0b10);
        events.batch.clear();
        assertTold(2, 0b11);
    }

    @Test
    void triggersWhileItIsDisabledAreMerged() throws Exception {
        knote.disable();
        knote.trigger(1);
        knote.trigger(2);
        events.assertNothing();
        knote.enable();
        assertTold(2, 0);
    }

    @Test
    void threadThatWatchesTheKernelIsTold() throws Exception {
        Background<EventBatch> taking = Background.start(() -> events.awaitEventOf(knote)).untilWatching();
        knote.trigger(7);
        assertEquals(7, taking.result().data());
    }

    @Test
    void handlerThatTriggersItsOwnEventIsToldAgain() throws Exception {
        knote.trigger(1);
        events.awaitEventOf(knote);
        knote.trigger(2);
        assertTold(2, 0);
    }

    @Test
    void eachRegistrationIsAnEventOfItsOwn() throws Exception {
        UserKnote other = events.queue.user(KeventQueue.DISABLED, null);
        other.trigger(1);
        knote.trigger(2);
        assertTold(2, 0);
    }

    @Test
    void deletedEventIsNotTriggered() {
        knote.delete();
        assertThrows(DeletedKnoteException.class, knote::trigger);
        assertThrows(DeletedKnoteException.class, () -> knote.trigger(1));
        assertThrows(DeletedKnoteException.class, () -> knote.flags(OR, 1));
    }

    @Test
    void eventOfAClosedQueueIsNotTriggered() throws IOException {
        events.close();
        assertThrows(DeletedKnoteException.class, knote::trigger);
    }
}
