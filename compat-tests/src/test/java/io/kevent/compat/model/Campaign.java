// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Many short runs, each with fresh worlds and a seed of its own, until the steps or the time are used up or the first difference is found. */
final class Campaign implements AutoCloseable {

    /** The properties that say how a campaign goes. */
    static final String SEED = "kevent.model.seed";
    static final String STEPS = "kevent.model.steps";
    static final String SECONDS = "kevent.model.seconds";

    /** Long enough to get deep into a state, short enough that closing and descriptors are looked at often. */
    static final int RUN = 500;

    private static final int REPEATS = 2;
    private static final long PROGRESS = TimeUnit.SECONDS.toNanos(10);

    private final Run run;
    private final Watchdog watchdog = new Watchdog();
    private final long seed;
    private long runs;
    private long steps;
    private long disturbed;
    private Failure lastDisturbed;

    Campaign(SelectorProvider subject, long seed) {
        this.run = new Run(subject, watchdog);
        this.seed = seed;
    }

    /** Does as many steps as wanted: the first difference, or null. */
    Failure steps(long wanted) throws IOException {
        return until(wanted, Long.MAX_VALUE);
    }

    /** Goes on for some time: the first difference, or null. */
    Failure seconds(long wanted) throws IOException {
        return until(Long.MAX_VALUE, TimeUnit.SECONDS.toNanos(wanted));
    }

    private Failure until(long wanted, long nanos) throws IOException {
        long start = System.nanoTime();
        long told = start;
        while (steps < wanted && System.nanoTime() - start < nanos) {
            long runSeed = seed(runs);
            int length = (int) Math.min(RUN, wanted - steps);
            watchdog.runs("seed " + runSeed);
            Verdict verdict = run.of(runSeed, length);
            runs++;
            steps += verdict.steps().size();
            if (verdict.kind() == Verdict.Kind.DIFFERENT || verdict.kind() == Verdict.Kind.DISTURBED && repeats(verdict, runSeed, length)) {
                return new Failure(runSeed, length, verdict);
            }
            if (verdict.kind() == Verdict.Kind.DISTURBED) {
                disturbed++;
                lastDisturbed = new Failure(runSeed, length, verdict);
            }
            long now = System.nanoTime();
            if (now - told >= PROGRESS) {
                told = now;
                System.out.printf("model: %,d steps, %,d steps/s, %s%n", steps, steps * TimeUnit.SECONDS.toNanos(1) / (now - start), this);
            }
        }
        // the kernel is late now and then; if it seems to be so often, it is the subject that is
        return disturbed > 2 + runs / 200 ? lastDisturbed : null;
    }

    /** Whether the run comes to the same end each time: then it was not the kernel that was late. */
    private boolean repeats(Verdict verdict, long runSeed, int length) throws IOException {
        for (int i = 0; i < REPEATS; i++) {
            Verdict again = run.of(runSeed, length);
            if (again.steps().size() != verdict.steps().size() || !Objects.equals(again.found(), verdict.found())) {
                return false;
            }
        }
        return true;
    }

    /** The first run takes the seed as it is, so that the seed of any run replays it. */
    private long seed(long index) {
        if (index == 0) {
            return seed;
        }
        long mixed = (seed + index * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        return mixed ^ mixed >>> 31;
    }

    Run run() {
        return run;
    }

    @Override
    public void close() {
        watchdog.close();
    }

    @Override
    public String toString() {
        return String.format("%,d runs from seed %d, %d of them disturbed by the kernel", runs, seed, disturbed);
    }
}
