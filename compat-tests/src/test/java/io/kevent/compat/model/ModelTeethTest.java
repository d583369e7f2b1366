// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The model test is worth something only if it passes what is right and finds what is wrong. */
class ModelTeethTest {

    private static final long SEED = 7;
    private static final int STEPS = 20_000;
    private static final int SHORT = 25;

    @Test
    void theJdkComparedWithItselfIsTheSame() throws IOException {
        try (Campaign campaign = new Campaign(Providers.reference(), SEED)) {
            assertNoFailure(campaign.steps(STEPS));
        }
    }

    @Test
    void aSimpleSelectorWithoutFaultIsTheSame() throws IOException {
        try (Campaign campaign = new Campaign(new PollingProvider(Fault.NONE), SEED)) {
            assertNoFailure(campaign.steps(STEPS));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFaultIsFoundAndItsSeedReplaysIt(Fault fault) throws IOException {
        try (Campaign campaign = new Campaign(new PollingProvider(fault), SEED); Campaign replay = new Campaign(new PollingProvider(fault), 0)) {
            Failure failure = campaign.steps(STEPS);
            assertNotNull(failure, () -> "not found: " + fault);
            assertTrue(failure.message(null).contains("-Dkevent.model.seed=" + failure.seed() + " "), () -> failure.message(null));
            Verdict again = replay.run().of(failure.seed(), failure.length());
            assertEquals(failure.verdict().found(), again.found());
            assertEquals(failure.verdict().outcomes(), again.outcomes());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"FORGETS_WHAT_IT_HAS_REPORTED_ONCE", "KEEPS_STALE_READY_OPERATIONS"})
    void aFaultIsReportedWithAShortSequenceThatShowsIt(Fault fault) throws IOException {
        try (Campaign campaign = new Campaign(new PollingProvider(fault), SEED)) {
            Failure failure = campaign.steps(STEPS);
            assertNotNull(failure, () -> "not found: " + fault);
            Verdict shortest = new Shrinker(campaign.run(), 10).shrink(failure.verdict().steps());
            assertNotNull(shortest);
            assertTrue(shortest.steps().size() <= SHORT, shortest::trace);
            assertTrue(failure.message(shortest).contains(shortest.trace()));
        }
    }

    private static void assertNoFailure(Failure failure) {
        assertNull(failure, () -> failure.message(null));
    }
}
