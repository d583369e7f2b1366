// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * The same figure from several rounds.
 *
 * @param least the least of them
 * @param lower the lower quartile
 * @param median the median
 * @param upper the upper quartile
 * @param most the most of them
 * @param rounds how many there are
 */
public record Summary(double least, double lower, double median, double upper, double most, int rounds) {
    private static final Quantile QUANTILE = Quantile.withDefaults();

    /**
     * Sums up.
     *
     * @param values one for each round, at least one
     * @return the summary
     */
    public static Summary of(List<Double> values) {
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        double[] quantiles = QUANTILE.evaluate(all, 0, 0.25, 0.5, 0.75, 1);
        return new Summary(quantiles[0], quantiles[1], quantiles[2], quantiles[3], quantiles[4], all.length);
    }

    /**
     * Sums up the ratios of neighbours, so that what else the machine does in the meantime weighs on both alike.
     *
     * @param values one for each round
     * @param references one for each round; where there are fewer, the first count; a single one counts for all rounds
     * @return the summary of value / reference; null if there are none, or nothing to divide by
     */
    public static Summary ofRatios(List<Double> values, List<Double> references) {
        int rounds = references.size() == 1 ? values.size() : Math.min(values.size(), references.size());
        if (rounds == 0 || references.isEmpty() || references.contains(0.0)) {
            return null;
        }
        return of(IntStream.range(0, rounds).mapToObj(i -> values.get(i) / references.get(references.size() == 1 ? 0 : i)).toList());
    }
}
