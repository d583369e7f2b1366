// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Trials that are compared with each other, or share what they look at, and so take turns.
 *
 * @param scenarios what they do, a few words, unique within the measurement; and one or several trials of each subject that do it
 * @param turns how often each has its turn in a round, and it counts. Where opening takes long and a turn is short, many short turns tell more than few
 *     long ones: what the machine does beside them changes from second to second
 */
public record Block(Map<String, List<Trial>> scenarios, int turns) {
    /**
     * Takes a copy.
     *
     * @param scenarios what they do, and who does it
     * @param turns how often each has its turn in a round
     */
    public Block {
        scenarios = new LinkedHashMap<>(scenarios);
        scenarios.replaceAll((scenario, trials) -> List.copyOf(trials));
    }

    /**
     * All do the same.
     *
     * @param scenario what they do
     * @param trials who does it
     * @param turns how often each has its turn in a round
     */
    public Block(String scenario, List<Trial> trials, int turns) {
        this(Map.of(scenario, trials), turns);
    }

    /**
     * All do the same, once in a round.
     *
     * @param scenario what they do
     * @param trials who does it
     */
    public Block(String scenario, List<Trial> trials) {
        this(scenario, trials, 1);
    }

    /**
     * A trial and what it does.
     *
     * @param scenario what it does
     * @param trial the trial
     */
    public record Entry(String scenario, Trial trial) { }

    /**
     * The trials, one after the other.
     *
     * @return a new list
     */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        scenarios.forEach((scenario, trials) -> trials.forEach(trial -> entries.add(new Entry(scenario, trial))));
        return entries;
    }

    /**
     * Others take turns with these.
     *
     * @param others what they do, and who
     * @return a block of both, with as many turns as this one
     */
    public Block with(Block others) {
        Map<String, List<Trial>> both = new LinkedHashMap<>(scenarios);
        others.scenarios.forEach((scenario, trials) -> both.merge(scenario, trials, (own, more) -> Stream.concat(own.stream(), more.stream()).toList()));
        return new Block(both, turns);
    }

    /**
     * A part of it.
     *
     * @param wanted which scenarios are in it
     * @return the block without the others; nothing if none is left
     */
    public Stream<Block> only(Predicate<String> wanted) {
        Map<String, List<Trial>> left = new LinkedHashMap<>(scenarios);
        left.keySet().removeIf(wanted.negate());
        return left.isEmpty() ? Stream.empty() : Stream.of(new Block(left, turns));
    }

    /**
     * How long it takes.
     *
     * @param rounds how many rounds there are
     * @return seconds, about
     */
    public double seconds(int rounds) {
        return entries().stream().map(Entry::trial).mapToDouble(trial -> seconds(trial, rounds)).sum() + (stays() ? rounds * Stillness.SECONDS : 0);
    }

    private double seconds(Trial trial, int rounds) {
        int times = trial.repetition() == Trial.Repetition.ONCE ? 1 : rounds;
        int turnsOfIt = trial.repetition() == Trial.Repetition.EACH_TURN ? turns - firstTurn() + 1 : 1;
        return times * (trial.secondsToOpen() + turnsOfIt * trial.seconds());
    }

    /**
     * The number of a round's first turn. Of what lives on between the turns the first one does not count: whatever grows with the first load of its kind,
     * such as buffers and compiled code, grows in it.
     *
     * @return 1, or 0 if one goes before that does not count
     */
    int firstTurn() {
        return stays() ? 0 : 1;
    }

    /** Whether something of it lives on between the turns. */
    boolean stays() {
        return entries().stream().anyMatch(entry -> entry.trial().stays());
    }
}
