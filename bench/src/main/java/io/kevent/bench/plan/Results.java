// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the rounds came to, in the order in which it came. */
public final class Results {
    /**
     * What a row of figures is of.
     *
     * @param measurement name of the measurement
     * @param scenario what was done
     * @param subject who did it
     * @param metric what was measured
     */
    public record Key(String measurement, String scenario, Subject subject, Metric metric) { }

    private final Map<Key, List<Double>> values = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private double stolen;
    private int turns;

    /**
     * Takes a round's sample.
     *
     * @param measurement name of the measurement
     * @param scenario what was done
     * @param subject who did it
     * @param sample what it came to
     */
    public void add(String measurement, String scenario, Subject subject, Sample sample) {
        sample.values().forEach((metric, value) ->
                values.computeIfAbsent(new Key(measurement, scenario, subject, metric), key -> new ArrayList<>()).add(value));
    }

    /**
     * Takes something that went wrong, for the report.
     *
     * @param failure what and where
     */
    public void fail(Failure failure) {
        failures.add(Objects.requireNonNull(failure));
    }

    /**
     * Takes what the host took away in a turn that counts.
     *
     * @param part which part of the processors' time
     */
    public void addStolen(double part) {
        stolen += part;
        turns++;
    }

    /**
     * What the host took away in the turns that count.
     *
     * @return which part of the processors' time, on average; 0 if there were none
     */
    public double stolen() {
        return turns == 0 ? 0 : stolen / turns;
    }

    /**
     * The figures.
     *
     * @return the values of all rounds, in their order
     */
    public Map<Key, List<Double>> values() {
        return Collections.unmodifiableMap(values);
    }

    /**
     * What went wrong.
     *
     * @return in the order in which it did
     */
    public List<Failure> failures() {
        return List.copyOf(failures);
    }
}
