// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

import java.util.List;

/**
 * Trials that are compared with each other, and so take turns.
 *
 * @param scenario what they all do; a few words, unique within the measurement
 * @param trials one or several of each subject
 */
public record Block(String scenario, List<Trial> trials) {
    /**
     * Takes a copy.
     *
     * @param scenario what they all do
     * @param trials one or several of each subject
     */
    public Block {
        trials = List.copyOf(trials);
    }

    /**
     * How long it takes.
     *
     * @param rounds how many rounds there are
     * @return seconds, about
     */
    public double seconds(int rounds) {
        return trials.stream().mapToDouble(trial -> trial.secondsToOpen() + trial.seconds() * (trial.once() ? 1 : rounds)).sum();
    }
}
