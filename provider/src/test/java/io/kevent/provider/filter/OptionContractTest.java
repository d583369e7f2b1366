// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.Knote;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every kind of source: what level, edge, one-shot and dispatch mean. */
class OptionContractTest extends SourceContract {

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.kevent.provider.filter.Sources#stayingReady")
    void whatIsStillReadyIsToldAgain(SourceUnderTest source) throws Exception {
        Knote knote = register(source, 0);
        source.happen();
        events.awaitEventOf(knote);
        events.awaitEventOf(knote);
        source.drain();
        events.assertNothing();
    }

    // ---- edge

    @ForEachSource
    void edgeIsToldOnce(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_EDGE);
        source.happen();
        events.awaitEventOf(knote);
        events.assertNothing();
        events.assertNothing();
    }

    @ForEachRepeatingSource
    void edgeIsToldAgainWhenMoreComes(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_EDGE);
        source.happen();
        events.awaitEventOf(knote);
        events.assertNothing();
        source.happen();
        events.awaitEventOf(knote);
        events.assertNothing();
    }

    // ---- one-shot

    @ForEachSource
    void oneshotEmptiesTheInterestSetWithItsDelivery(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_ONESHOT);
        source.happen();
        assertEquals(source.ops | OP_ONESHOT, knote.interestOps());
        events.awaitEventOf(knote);
        assertEquals(0, knote.interestOps());
        assertTrue(knote.isValid());
        assertTrue(knote.isEnabled());
    }

    @ForEachRepeatingSource
    void oneshotIsToldOnce(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_ONESHOT);
        source.happen();
        events.awaitEventOf(knote);
        events.assertNothing();
        source.happen();
        events.assertNothing();
    }

    @ForEachRepeatingSource
    void oneshotIsNotArmedByEnabling(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_ONESHOT);
        source.happen();
        awaitAndDrain(source, knote);
        knote.enable();
        source.happen();
        events.assertNothing();
        assertEquals(0, knote.interestOps());
    }

    @ForEachRepeatingSource
    void oneshotIsArmedAnewByItsInterestSet(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_ONESHOT);
        source.happen();
        awaitAndDrain(source, knote);
        knote.interestOps(source.ops | OP_ONESHOT);
        source.happen();
        awaitAndDrain(source, knote);
        assertEquals(0, knote.interestOps());
        source.happen();
        events.assertNothing();
    }

    @ForEachRepeatingSource
    void whatHappensWhileOneshotIsDisarmedIsToldWhenItIsArmed(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_ONESHOT);
        source.happen();
        awaitAndDrain(source, knote);
        source.happen();
        events.assertNothing();
        knote.interestOps(source.ops | OP_ONESHOT);
        events.awaitEventOf(knote);
    }

    // ---- dispatch

    @ForEachSource
    void dispatchDisablesWithItsDelivery(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_DISPATCH);
        source.happen();
        assertTrue(knote.isEnabled());
        events.awaitEventOf(knote);
        assertFalse(knote.isEnabled());
        assertEquals(source.ops | OP_DISPATCH, knote.interestOps());
    }

    @ForEachRepeatingSource
    void dispatchTellsNothingBeforeItIsEnabled(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_DISPATCH);
        source.happen();
        awaitAndDrain(source, knote);
        source.happen();
        events.assertNothing();
        assertEquals(0, events.countForAnother());
    }

    @ForEachRepeatingSource
    void whatHappensWhileDispatchIsHandledIsToldWhenItIsEnabled(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_DISPATCH);
        source.happen();
        awaitAndDrain(source, knote);
        source.happen();
        events.assertNothing();
        knote.enable();
        awaitAndDrain(source, knote);
        assertFalse(knote.isEnabled());
        events.assertNothing();
    }

    @ForEachRepeatingSource
    void dispatchIsEnabledByTheSameInterestSet(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_DISPATCH);
        source.happen();
        awaitAndDrain(source, knote);
        knote.interestOps(knote.interestOps());
        assertTrue(knote.isEnabled());
        source.happen();
        events.awaitEventOf(knote);
    }

    @ForEachSource
    void dispatchThatIsEnabledTellsNothingAnewThatWasDoneWith(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_DISPATCH);
        source.happen();
        awaitAndDrain(source, knote);
        knote.enable();
        events.assertNothing();
    }

    @ForEachSource
    void dispatchWithEdgeTellsWhatItHasToldOnlyIfItIsStillReady(SourceUnderTest source) throws Exception {
        Knote knote = register(source, OP_DISPATCH | OP_EDGE);
        source.happen();
        awaitAndDrain(source, knote);
        knote.enable();
        events.assertNothing();
    }
}
