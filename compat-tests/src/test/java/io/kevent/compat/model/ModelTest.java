// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.fail;

/**
 * Random sequences of operations, done to selectors and channels of the JDK and to twins of kevent, with all that a program can see compared after
 * each step. {@code -Dkevent.model.seed} replays a run, {@code -Dkevent.model.steps} and {@code -Dkevent.model.seconds} set how long it goes on.
 */
@Timeout(value = 1, unit = TimeUnit.DAYS)
class ModelTest {

    private static final long FIXED_SEED = 20060901;
    private static final long DEFAULT_STEPS = 60_000;
    private static final long SHRINK_SECONDS = 30;

    @Test
    void keventBehavesAsTheJdkOnAFixedSeed() throws IOException {
        compare(Long.getLong(Campaign.SEED, FIXED_SEED));
    }

    @Test
    void keventBehavesAsTheJdkOnAFreshSeed() throws IOException {
        if (System.getProperty(Campaign.SEED) == null) {
            // short enough to type
            compare(new SplittableRandom().nextInt(Integer.MAX_VALUE));
        }
    }

    private static void compare(long seed) throws IOException {
        SelectorProvider subject = Providers.subject();
        Long seconds = Long.getLong(Campaign.SECONDS);
        System.out.println("model: " + subject.getClass().getName() + " from seed " + seed);
        try (Campaign campaign = new Campaign(subject, seed)) {
            Failure failure = seconds == null ? campaign.steps(Long.getLong(Campaign.STEPS, DEFAULT_STEPS)) : campaign.seconds(seconds);
            if (failure != null) {
                fail(failure.message(new Shrinker(campaign.run(), SHRINK_SECONDS).shrink(failure.verdict().steps())));
            }
            System.out.println("model: the same, " + campaign);
        }
    }
}
