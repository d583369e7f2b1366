// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.DeletedKnoteException;
import io.kevent.EventBatch;
import io.kevent.KeventOps;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.provider.queue.TestQueue;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every kind of source: add, change, delete, and what comes with a registration. */
class RegisteringContractTest extends SourceContract {
    private static final int UNKNOWN_FLAG = 1 << 20;

    @ForEachSource
    void whatHappensIsTold(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        source.happen();
        EventBatch event = events.awaitEventOf(knote);
        assertEquals(source.kind, event.kind());
        assertEquals(source.ops, event.readyOps());
        assertEquals(0, event.flags());
        assertEquals(source.filterFlags(), event.filterFlags());
        assertNull(event.error());
    }

    @ForEachSource
    void nothingIsToldBeforeItHappens(SourceUnderTest source) throws Exception {
        register(source, 0);
        events.assertNothing();
    }

    @ForEachRepeatingSource
    void whatHappensTwiceBeforeItIsTakenIsOneEvent(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        source.happen();
        source.happen();
        awaitAndDrain(source, knote);
        events.assertNothing();
    }

    @ForEachRepeatingSource
    void whatHappensAfterItWasToldIsToldAgain(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        for (int i = 0; i < 3; i++) {
            source.happen();
            awaitAndDrain(source, knote);
            events.assertNothing();
        }
    }

    @ForEachSource
    void knoteKnowsWhatItWasRegisteredWith(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_EDGE | OP_DISPATCH);
        assertSame(events.queue, knote.queue());
        assertEquals(source.kind, knote.kind());
        assertEquals(source.ops | OP_EDGE | OP_DISPATCH, knote.interestOps());
        assertSame(ATTACHMENT, knote.attachment());
        assertEquals(Knote.NORM_PRIORITY, knote.priority());
        assertTrue(knote.isEnabled());
        assertTrue(knote.isValid());
    }

    // ---- change

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.kevent.provider.filter.Sources#oneOfTheirKind")
    void registeredAgainIsTheSameKnoteChanged(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_EDGE);
        Object other = new Object();
        assertSame(knote, source.register(events.queue, OP_ONESHOT | KeventQueue.DISABLED | KeventQueue.priority(5), other));
        assertEquals(source.ops | OP_ONESHOT, knote.interestOps());
        assertSame(other, knote.attachment());
        assertEquals(5, knote.priority());
        assertFalse(knote.isEnabled());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.kevent.provider.filter.Sources#oneOfTheirKind")
    void eventThatIsPendingIsKeptWhenItIsRegisteredAgain(SourceUnderTest source) throws Exception {
        Knote knote = register(source, KeventQueue.DISABLED);
        source.happen();
        events.assertNothing();
        Object other = new Object();
        assertSame(knote, source.register(events.queue, 0, other));
        assertSame(other, events.awaitEventOf(knote).attachment());
    }

    @ForEachSource
    void interestSetIsReplaced(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_EDGE);
        assertSame(knote, knote.interestOps(source.ops | OP_DISPATCH));
        assertEquals(source.ops | OP_DISPATCH, knote.interestOps());
        source.happen();
        events.awaitEventOf(knote);
        assertFalse(knote.isEnabled());
    }

    // ---- delete

    @ForEachSource
    void pendingEventIsDroppedByDelete(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        source.happen();
        knote.delete();
        events.assertNothing();
    }

    @ForEachSource
    void nothingIsToldAfterDelete(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        knote.delete();
        source.happen();
        events.assertNothing();
        assertFalse(knote.isValid());
        assertFalse(knote.isEnabled());
    }

    @ForEachSource
    void deletingTwiceIsDeletingOnce(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        knote.delete();
        knote.delete();
        assertFalse(knote.isValid());
    }

    @ForEachSource
    void deletedKnoteRefusesOperations(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        knote.delete();
        for (Executable operation : new Executable[] {knote::interestOps, () -> knote.interestOps(source.ops), knote::enable, knote::disable,
            () -> knote.priority(1), knote::forceOneshot}) {
            assertThrows(DeletedKnoteException.class, operation);
        }
    }

    @ForEachSource
    void registeredAfterDeleteIsAnotherKnoteThatWorks(SourceUnderTest source) throws Exception {
        Knote deleted = register(source, 0);
        deleted.delete();
        Knote knote = register(source, 0);
        assertNotSame(deleted, knote);
        deleted.delete();
        source.happen();
        events.awaitEventOf(knote);
    }

    // ---- flags

    private static void assertRefused(String named, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(named), message);
    }

    @ForEachSource
    void meaninglessFlagIsRefusedByName(SourceUnderTest source) throws Exception {
        int flag = source.meaninglessFlag();
        String name = KeventOps.toString(flag);
        assertRefused(name, () -> register(source, flag));
        Knote knote = register(source, 0);
        assertRefused(name, () -> knote.interestOps(source.ops | flag));
        assertEquals(source.ops, knote.interestOps());
    }

    @ForEachSource
    void unknownFlagIsRefusedByName(SourceUnderTest source) throws Exception {
        assertRefused("1<<20", () -> register(source, UNKNOWN_FLAG));
        Knote knote = register(source, 0);
        assertRefused("1<<20", () -> knote.interestOps(source.ops | UNKNOWN_FLAG));
        assertEquals(source.ops, knote.interestOps());
    }

    @ForEachSource
    void flagsThatExcludeEachOtherAreRefusedByName(SourceUnderTest source) throws Exception {
        assertRefused("OP_ONESHOT | OP_DISPATCH", () -> register(source, OP_ONESHOT | OP_DISPATCH));
        Knote knote = register(source, 0);
        assertRefused("OP_ONESHOT | OP_DISPATCH", () -> knote.interestOps(source.ops | OP_ONESHOT | OP_DISPATCH));
    }

    @ForEachSource
    void whatWasRefusedHasRegisteredNothing(SourceUnderTest source) throws Exception {
        assertRefused("1<<20", () -> register(source, UNKNOWN_FLAG));
        source.happen();
        events.assertNothing();
    }

    @ForEachSource
    void priorityIsThatOfTheFlags(SourceUnderTest source) throws Exception {
        Knote knote = register(source, KeventQueue.priority(Knote.MAX_PRIORITY));
        assertEquals(Knote.MAX_PRIORITY, knote.priority());
        assertEquals(source.ops, knote.interestOps());
        assertEquals(Knote.MIN_PRIORITY, knote.priority(Knote.MIN_PRIORITY).priority());
        assertRefused("priority 8", () -> knote.priority(8));
        assertRefused("priority -1", () -> knote.priority(-1));
    }

    // ---- attachment

    @ForEachSource
    void attachmentComesWithTheEvent(SourceUnderTest source) throws Exception {
        register(source, 0);
        source.happen();
        assertSame(ATTACHMENT, events.awaitEvent().attachment());
    }

    @ForEachSource
    void attachmentIsReplaced(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        Object other = new Object();
        assertSame(ATTACHMENT, knote.attach(other));
        source.happen();
        assertSame(other, events.awaitEvent().attachment());
        assertSame(other, knote.attach(null));
        assertNull(knote.attachment());
    }

    @ForEachSource
    void eventKeepsTheAttachmentThatItWasDeliveredWith(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        source.happen();
        EventBatch event = events.awaitEventOf(knote);
        knote.attach(null);
        assertSame(ATTACHMENT, event.attachment());
    }

    // ---- two queues

    @ForEachSource
    void eachOfTwoQueuesIsTold(SourceUnderTest source) throws Exception {
        try (TestQueue others = new TestQueue()) {
            Knote one = register(source, 0);
            Knote two = source.register(others.queue, 0, null);
            source.happen();
            events.awaitEventOf(one);
            others.awaitEventOf(two);
        }
    }

    @ForEachSource
    void whatIsDoneInOneQueueIsNotDoneInTheOther(SourceUnderTest source) throws Exception {
        Knote kept = register(source, 0);
        try (TestQueue others = new TestQueue()) {
            Knote disabled = source.register(others.queue, KeventQueue.DISABLED, null);
            assertTrue(kept.isEnabled());
            disabled.delete();
        }
        source.happen();
        events.awaitEventOf(kept);
    }
}
