// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * How much is run, and for which subjects.
 *
 * @param quick whether the fewest scenarios are enough
 * @param rounds how often each trial has its turn
 * @param warmUp seconds of work that are not measured, in each JVM
 * @param work seconds of work that are measured, in each round
 * @param subjects the rows that were asked for
 */
public record Setting(boolean quick, int rounds, double warmUp, double work, Set<Subject> subjects) {
    /**
     * Takes a copy.
     *
     * @param quick whether the fewest scenarios are enough
     * @param rounds how often each trial has its turn
     * @param warmUp seconds of work that are not measured
     * @param work seconds of work that are measured
     * @param subjects the rows that were asked for
     */
    public Setting {
        subjects = Set.copyOf(subjects);
    }

    /**
     * Picks by mode.
     *
     * @param inQuickMode what is enough in quick mode
     * @param otherwise what is wanted else
     * @param <T> of what type
     * @return one of the two
     */
    public <T> T pick(T inQuickMode, T otherwise) {
        return quick ? inQuickMode : otherwise;
    }

    /**
     * Makes the trials of those subjects that were asked for.
     *
     * @param wanted subjects that make sense, in order
     * @param trials makes the trials of one
     * @return the trials
     */
    public List<Trial> each(List<Subject> wanted, Function<Subject, List<Trial>> trials) {
        return wanted.stream().filter(subjects::contains).flatMap(subject -> trials.apply(subject).stream()).toList();
    }
}
