// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lets the trials of a block take turns, so that what else the machine does weighs on all of them alike. */
public final class Rounds {
    private final int rounds;
    private final Watcher watcher;

    /**
     * Prepares.
     *
     * @param rounds how often each trial has its turn
     * @param watcher is told how it goes on
     */
    public Rounds(int rounds, Watcher watcher) {
        this.rounds = rounds;
        this.watcher = watcher;
    }

    /**
     * Runs a block. A trial that fails is not tried again; the others go on.
     *
     * @param measurement the measurement that the block is of
     * @param block what to run
     * @param results takes what comes of it
     */
    public void run(Measurement measurement, Block block, Results results) {
        List<Trial> open = new ArrayList<>();
        try {
            for (Trial trial : block.trials()) {
                String what = describe(measurement, block, trial);
                watcher.begins(what, trial.secondsToOpen());
                // also if that fails: it may have begun something
                open.add(trial);
                if (!attempt(what, trial::open, results)) {
                    open.remove(trial);
                    attempt(what, trial::close, results);
                }
            }
            List<Trial> able = new ArrayList<>(open);
            for (int round = 1; round <= rounds; round++) {
                round(measurement, block, round, able, results);
            }
        } finally {
            for (Trial trial : open) {
                attempt(describe(measurement, block, trial), trial::close, results);
            }
        }
    }

    private void round(Measurement measurement, Block block, int round, List<Trial> able, Results results) {
        for (Trial trial : List.copyOf(able)) {
            if (trial.once() && round > 1) {
                continue;
            }
            String what = describe(measurement, block, trial) + (trial.once() ? ", counts" : ", round " + round + " of " + rounds);
            watcher.begins(what, trial.seconds());
            boolean done = attempt(what, () -> {
                Sample sample = trial.run();
                results.add(measurement.name(), block.scenario(), trial.subject(), sample);
                watcher.ends(what, sample);
            }, results);
            if (!done) {
                able.remove(trial);
            }
        }
        // who comes first changes, so that nobody always profits from what ran before
        Collections.reverse(able);
    }

    private interface Step {
        void run() throws Exception;
    }

    private boolean attempt(String what, Step step, Results results) {
        try {
            step.run();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + what, e);
        } catch (Exception e) {
            String why = reason(e);
            watcher.failed(what, why);
            results.fail(what + ": " + why);
            return false;
        }
    }

    /** The first line of what went wrong first: runners wrap what a benchmark throws. */
    private static String reason(Throwable failure) {
        Throwable first = failure;
        for (Throwable hidden = hidden(first); hidden != null; hidden = hidden(first)) {
            first = hidden;
        }
        String message = first.getMessage() == null ? first.toString() : first.getMessage();
        return message.lines().findFirst().orElse(first.toString());
    }

    private static Throwable hidden(Throwable failure) {
        return failure.getCause() != null ? failure.getCause() : failure.getSuppressed().length > 0 ? failure.getSuppressed()[0] : null;
    }

    private static String describe(Measurement measurement, Block block, Trial trial) {
        return measurement.name() + ": " + block.scenario() + ", " + trial.subject().title();
    }
}
