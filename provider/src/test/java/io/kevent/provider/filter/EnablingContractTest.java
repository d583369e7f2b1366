// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.provider.queue.Background;
import java.util.concurrent.TimeUnit;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every kind of source: what disabling keeps back, and enabling lets go. */
class EnablingContractTest extends SourceContract {

    @ForEachSource
    void whatHappensWhileItIsDisabledIsKept(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        assertSame(knote, knote.disable());
        assertFalse(knote.isEnabled());
        source.happen();
        events.assertNothing();
        assertSame(knote, knote.enable());
        assertTrue(knote.isEnabled());
        events.awaitEventOf(knote);
    }

    @ForEachSource
    void eventThatIsPendingWhenItIsDisabledIsKept(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        // has what happens looked at, and leaves it where it is, since it waits for two
        Background<?> patient = Background.start(() -> events.queue.take(events.queue.newBatch(2), 2, 2, Long.MAX_VALUE, TimeUnit.NANOSECONDS));
        patient.untilAsleep();
        source.happen();
        patient.untilAsleep();
        knote.disable();
        events.assertNothing();
        knote.enable();
        events.awaitEventOf(knote);
    }

    @ForEachSource
    void edgeWhileItIsDisabledIsKept(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_EDGE);
        knote.disable();
        source.happen();
        events.assertNothing();
        knote.enable();
        events.awaitEventOf(knote);
        events.assertNothing();
    }

    @ForEachSource
    void edgeThatWasGivenBackIsKeptWhenItIsDisabled(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_EDGE);
        source.happen();
        assertEquals(1, events.queue.take(events.batch));
        events.batch.clear();
        knote.disable();
        events.assertNothing();
        knote.enable();
        events.awaitEventOf(knote);
        events.assertNothing();
    }

    @ForEachSource
    void dispatchIsAppliedToAnEventThatWasKept(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_DISPATCH);
        source.happen();
        assertEquals(1, events.queue.take(events.batch));
        knote.disable();
        events.batch.clear();
        knote.enable();
        events.awaitEventOf(knote);
        assertFalse(knote.isEnabled());
        assertEquals(0, events.countForAnother());
    }

    @ForEachSource
    void eventThatWasGivenBackIsKeptWhenItIsDisabled(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        source.happen();
        assertEquals(1, events.queue.take(events.batch));
        events.batch.clear();
        knote.disable();
        events.assertNothing();
        knote.enable();
        awaitAndDrain(source, knote);
        events.assertNothing();
    }

    @ForEachSource
    void eventThatIsGivenBackAfterItIsDisabledIsKept(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        source.happen();
        assertEquals(1, events.queue.take(events.batch));
        knote.disable();
        events.batch.clear();
        events.assertNothing();
        knote.enable();
        awaitAndDrain(source, knote);
        events.assertNothing();
    }

    @ForEachSource
    void registeredDisabledKeepsWhatHappens(SourceUnderTest source) throws Exception {
        Knote knote = register(source, KeventQueue.DISABLED);
        assertFalse(knote.isEnabled());
        assertEquals(source.ops, knote.interestOps());
        source.happen();
        events.assertNothing();
        knote.enable();
        events.awaitEventOf(knote);
    }

    @ForEachRepeatingSource
    void whatHappensTwiceWhileItIsDisabledIsOneEvent(SourceUnderTest source) throws Exception {
        Knote knote = register(source, KeventQueue.DISABLED);
        source.happen();
        source.happen();
        knote.enable();
        awaitAndDrain(source, knote);
        events.assertNothing();
    }

    @ForEachSource
    void enablingWhatIsEnabledTellsNothing(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        knote.enable();
        events.assertNothing();
        source.happen();
        awaitAndDrain(source, knote);
        knote.enable();
        events.assertNothing();
    }

    @ForEachSource
    void disablingTwiceIsDisablingOnce(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        knote.disable();
        knote.disable();
        source.happen();
        events.assertNothing();
        knote.enable();
        events.awaitEventOf(knote);
    }

    @ForEachSource
    void settingTheInterestSetEnables(SourceUnderTest source) throws Exception {
        Knote knote = register(source, KeventQueue.DISABLED);
        source.happen();
        knote.interestOps(source.ops);
        assertTrue(knote.isEnabled());
        events.awaitEventOf(knote);
    }

    @ForEachSource
    void eventThatIsInABatchWhenItIsDisabledHasBeenDelivered(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        source.happen();
        assertEquals(1, events.queue.take(events.batch));
        knote.disable();
        assertTrue(events.batch.next());
        assertSame(knote, events.batch.knote());
    }

    @ForEachSource
    void threadThatWaitsIsToldWhenItIsEnabled(SourceUnderTest source) throws Exception {
        Knote knote = register(source, KeventQueue.DISABLED);
        source.happen();
        Background<?> taking = Background.start(() -> events.awaitEventOf(knote)).untilAsleep();
        knote.enable();
        taking.result();
    }

    @ForEachSource
    void pendingEventIsDroppedByDeleteWhileItIsDisabled(SourceUnderTest source) throws Exception {
        Knote knote = register(source, KeventQueue.DISABLED);
        source.happen();
        knote.delete();
        events.assertNothing();
    }
}
