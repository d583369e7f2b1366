// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.provider.queue.Background;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_ONESHOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every kind of source: the last delivery of a knote. */
class ForceOneshotContractTest extends SourceContract {

    private void awaitForced(Knote knote, int readyOps) throws Exception {
        EventBatch event = events.awaitEventOf(knote);
        assertEquals(EventBatch.FORCED, event.flags());
        assertTrue(event.has(EventBatch.FORCED));
        assertEquals(readyOps, event.readyOps());
        assertSame(ATTACHMENT, event.attachment());
        assertNull(event.error());
    }

    @ForEachSource
    void isDeliveredThoughNothingHasHappened(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        knote.forceOneshot();
        awaitForced(knote, 0);
        assertEquals(0, events.batch.data());
    }

    @ForEachSource
    void isDeliveredTogetherWithWhatHasHappened(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        source.happen();
        // found, and given back: the queue knows of it
        assertEquals(1, events.queue.take(events.batch));
        events.batch.clear();
        knote.forceOneshot();
        awaitForced(knote, source.ops);
        events.assertNothing();
    }

    @ForEachSource
    void isDeliveredWhileItIsDisabled(SourceUnderTest source) throws Exception {
        Knote knote = register(source, KeventQueue.DISABLED);
        knote.forceOneshot();
        awaitForced(knote, 0);
        assertFalse(knote.isEnabled());
    }

    @ForEachSource
    void isDeliveredThoughOneshotHasDisarmedIt(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_ONESHOT);
        source.happen();
        awaitAndDrain(source, knote);
        events.assertNothing();
        knote.forceOneshot();
        awaitForced(knote, 0);
    }

    @ForEachSource
    void isDeliveredThoughDispatchHasDisabledIt(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_DISPATCH);
        source.happen();
        awaitAndDrain(source, knote);
        events.assertNothing();
        knote.forceOneshot();
        awaitForced(knote, 0);
    }

    @ForEachSource
    void waitsUntilTheThreadThatHandlesItGoesOn(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_DISPATCH);
        source.happen();
        awaitAndDrain(source, knote);
        knote.forceOneshot();
        assertEquals(0, events.countForAnother());
        assertFalse(events.batch.next());
        assertEquals(1, events.countForAnother());
        awaitForced(knote, 0);
    }

    @ForEachSource
    void waitsUntilTheThreadThatHandlesItEnablesIt(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_DISPATCH);
        source.happen();
        awaitAndDrain(source, knote);
        knote.forceOneshot();
        assertEquals(0, events.countForAnother());
        knote.enable();
        assertEquals(1, events.countForAnother());
        awaitForced(knote, 0);
    }

    @ForEachSource
    void threadThatWaitsIsToldWhenTheOneThatHandlesItGoesOn(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_DISPATCH);
        source.happen();
        awaitAndDrain(source, knote);
        Background<Integer> other = Background.start(() -> {
            EventBatch own = events.queue.newBatch(1);
            events.queue.take(own);
            assertTrue(own.next());
            return own.flags();
        }).untilAsleep();
        knote.forceOneshot();
        other.untilAsleep();
        assertFalse(events.batch.next());
        assertEquals(EventBatch.FORCED, other.result());
    }

    @ForEachRepeatingSource
    void nothingIsDeliveredAfterIt(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        knote.forceOneshot();
        awaitForced(knote, 0);
        source.happen();
        events.assertNothing();
        knote.enable();
        events.assertNothing();
        knote.interestOps(source.ops);
        events.assertNothing();
        knote.forceOneshot();
        events.assertNothing();
        assertTrue(knote.isValid());
    }

    @ForEachSource
    void askingTwiceIsAskingOnce(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        knote.forceOneshot();
        knote.forceOneshot();
        awaitForced(knote, 0);
        events.assertNothing();
    }

    @ForEachSource
    void isDroppedByDelete(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        knote.forceOneshot();
        knote.delete();
        events.assertNothing();
    }

    @ForEachSource
    void isGivenBackForced(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        knote.forceOneshot();
        assertEquals(1, events.countForAnother());
        awaitForced(knote, 0);
        events.assertNothing();
    }
}
