// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

import io.kevent.bench.plan.Trial.Repetition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Lets the trials of a block take turns, so that what else the machine does weighs on all of them alike. */
public final class Rounds {
    /** How often a turn is measured at most: what a host takes for long it goes on to take. */
    private static final int TRIES = 5;

    private final int rounds;
    private final Watcher watcher;
    private final Stillness stillness;
    private final Steal steal;

    /** How long turns may take that are measured once more. */
    private double spareSeconds;

    /**
     * Prepares.
     *
     * @param rounds how many rounds there are, in each of which a trial is opened and has its turn or turns
     * @param watcher is told how it goes on
     * @param stillness looks whether those that are opened rest until it is their turn
     * @param steal tells what the host takes away
     * @param spareSeconds how long turns may take, all in all, that are measured once more because the host took much away in the first try
     */
    public Rounds(int rounds, Watcher watcher, Stillness stillness, Steal steal, double spareSeconds) {
        this.rounds = rounds;
        this.watcher = watcher;
        this.stillness = stillness;
        this.steal = steal;
        this.spareSeconds = spareSeconds;
    }

    /**
     * Runs a block. A trial that fails is not tried again; the others go on.
     *
     * @param measurement the measurement that the block is of
     * @param block what to run
     * @param results takes what comes of it
     */
    public void run(Measurement measurement, Block block, Results results) {
        List<Block.Entry> able = new ArrayList<>(block.entries());
        for (int round = 1; round <= rounds; round++) {
            if (round > 1) {
                able.removeIf(entry -> entry.trial().repetition() == Repetition.ONCE);
            }
            round(measurement, block, round, able, results);
        }
    }

    /** Each round opens its trials anew: what the compiler makes of a program is partly chance, and stays as it is as long as the JVM. */
    private void round(Measurement measurement, Block block, int round, List<Block.Entry> able, Results results) {
        List<Block.Entry> open = new ArrayList<>();
        try {
            for (Block.Entry entry : List.copyOf(able)) {
                String what = describe(measurement, entry);
                watcher.begins(what, entry.trial().secondsToOpen());
                // also if that fails: it may have begun something
                open.add(entry);
                if (!attempt(measurement, what, entry.trial()::open, results)) {
                    able.remove(entry);
                    open.remove(entry);
                    attempt(measurement, what, entry.trial()::close, results);
                }
            }
            if (block.stays() && !able.isEmpty()) {
                look(measurement, block, results);
            }
            for (int turn = block.firstTurn(); turn <= block.turns(); turn++) {
                turn(measurement, block, round, turn, able, results);
            }
        } finally {
            for (Block.Entry entry : open) {
                attempt(measurement, describe(measurement, entry), entry.trial()::close, results);
            }
        }
    }

    /** A trial that works beyond its turns is reported, and so is anything else: the figures of the block are not to be trusted. */
    private void look(Measurement measurement, Block block, Results results) {
        String what = measurement.name() + ": " + String.join(", ", block.scenarios().keySet()) + ", while nobody has a turn";
        watcher.begins(what, Stillness.SECONDS);
        attempt(measurement, what, () -> stillness.disturbance().ifPresent(disturbance -> fail(measurement, what, disturbance, results)), results);
    }

    private void turn(Measurement measurement, Block block, int round, int turn, List<Block.Entry> able, Results results) {
        for (Block.Entry entry : order(able, round, turn)) {
            Trial trial = entry.trial();
            boolean eachTurn = trial.repetition() == Repetition.EACH_TURN;
            if (!eachTurn && turn < block.turns()) {
                continue;
            }
            String which = turn == 0 ? ", does not count" : ", turn " + ((round - 1) * block.turns() + turn) + " of " + rounds * block.turns();
            String what = describe(measurement, entry) + (eachTurn ? which : ", counts");
            watcher.begins(what, trial.seconds());
            boolean done = attempt(measurement, what, () -> {
                Sample sample = eachTurn && turn > 0 ? measure(what, trial, results) : trial.run();
                if (turn > 0) {
                    results.add(measurement.name(), entry.scenario(), trial.subject(), sample);
                }
                watcher.ends(what, sample);
            }, results);
            if (!done) {
                able.remove(entry);
            }
        }
    }

    /** Who comes first changes from turn to turn and from round to round, so that nobody always profits from what ran before. */
    private static List<Block.Entry> order(List<Block.Entry> entries, int round, int turn) {
        List<Block.Entry> order = new ArrayList<>(entries);
        if ((round + turn) % 2 != 0) {
            Collections.reverse(order);
        }
        return order;
    }

    /** Measures, and again if the host took so much away that it says little, as long as there is time to spare. The least disturbed one counts. */
    private Sample measure(String what, Trial trial, Results results) throws Exception {
        Sample best = null;
        double least = 1;
        for (int tries = 1;; tries++) {
            DoubleSupplier stolen = steal.watch();
            Sample sample = trial.run();
            double part = stolen.getAsDouble();
            if (best == null || part < least) {
                best = sample;
                least = part;
            }
            if (part <= Steal.MUCH || tries == TRIES || spareSeconds < trial.seconds()) {
                results.addStolen(least);
                return best;
            }
            spareSeconds -= trial.seconds();
            watcher.again(what, part);
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private boolean attempt(Measurement measurement, String what, Step step, Results results) {
        try {
            step.run();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + what, e);
        } catch (Exception e) {
            fail(measurement, what, reason(e), results);
            return false;
        }
    }

    private void fail(Measurement measurement, String what, String why, Results results) {
        watcher.failed(what, why);
        results.fail(new Failure(measurement.name(), what + ": " + why));
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

    private static String describe(Measurement measurement, Block.Entry entry) {
        return measurement.name() + ": " + entry.scenario() + ", " + entry.trial().subject().title();
    }
}
