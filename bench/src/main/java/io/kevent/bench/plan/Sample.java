// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one round of a trial came to.
 *
 * @param values the metrics and their values
 */
public record Sample(Map<Metric, Double> values) {
    /**
     * Takes a copy.
     *
     * @param values the metrics and their values
     * @throws IllegalArgumentException if one is not finite: figures are divided by what was done, and if that was nothing they are none
     */
    public Sample {
        EnumMap<Metric, Double> copy = new EnumMap<>(Metric.class);
        copy.putAll(values);
        copy.forEach((metric, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(metric.title() + " came to " + value + ": nothing was done meanwhile");
            }
        });
        values = Collections.unmodifiableMap(copy);
    }

    /**
     * A sample of one metric.
     *
     * @param metric what was measured
     * @param value what it came to
     * @return the sample
     */
    public static Sample of(Metric metric, double value) {
        return new Sample(Map.of(metric, value));
    }

    /**
     * Adds a metric.
     *
     * @param metric what was measured
     * @param value what it came to
     * @return a sample with it
     */
    public Sample with(Metric metric, double value) {
        EnumMap<Metric, Double> more = new EnumMap<>(Metric.class);
        more.putAll(values);
        more.put(metric, value);
        return new Sample(more);
    }
}
