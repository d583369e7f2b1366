// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is aimed at. Where several scenarios match, the worst counts.
 *
 * @param what in words
 * @param measurement name of the measurement
 * @param scenarios which of its scenarios
 * @param metric what is looked at
 * @param subject whose figure it is
 * @param reference whose figure it is compared with; null to look at the figure itself
 * @param comparison how
 * @param bound the least factor, the greatest ratio, or the greatest value
 */
public record Target(String what, String measurement, Pattern scenarios, Metric metric, Subject subject, Subject reference,
        Comparison comparison, double bound) {

    /** How a figure is compared. */
    public enum Comparison {
        /** How many times better than the reference, at least. */
        TIMES_BETTER,
        /** Which part of the reference's figure, at most. */
        PART_OF,
        /** The figure itself, at most. */
        VALUE
    }

    private record Reached(String scenario, double value) { }

    /**
     * Compares.
     *
     * @param sections what was measured
     * @return how it came out
     */
    public Verdict judge(List<Section> sections) {
        Comparator<Reached> byValue = Comparator.comparingDouble(Reached::value);
        Optional<Reached> worst = sections.stream().filter(section -> section.name().equals(measurement))
                .flatMap(section -> section.scenarios().stream().filter(scenario -> scenarios.matcher(scenario).find())
                        .map(scenario -> reached(section, scenario)).filter(Objects::nonNull))
                .min(comparison == Comparison.TIMES_BETTER ? byValue : byValue.reversed());
        if (worst.isEmpty()) {
            return new Verdict(what, subject.title(), aim(), null, "not measured", null);
        }
        double value = worst.get().value();
        boolean met = comparison == Comparison.TIMES_BETTER ? value >= bound : value <= bound;
        return new Verdict(what, subject.title(), aim(), value, worst.get().scenario(), met);
    }

    private Reached reached(Section section, String scenario) {
        Optional<Series> own = section.find(scenario, subject, metric);
        if (own.isEmpty()) {
            return null;
        }
        if (comparison == Comparison.VALUE) {
            return new Reached(scenario, own.get().summary().median());
        }
        Optional<Series> other = section.find(scenario, reference, metric);
        if (other.isEmpty()) {
            return null;
        }
        boolean upsideDown = comparison == Comparison.TIMES_BETTER && !metric.moreIsBetter();
        List<Double> over = (upsideDown ? other : own).get().values();
        List<Double> under = (upsideDown ? own : other).get().values();
        Summary ratio = Summary.ofRatios(over, under);
        return ratio == null ? null : new Reached(scenario, ratio.median());
    }

    private String aim() {
        switch (comparison) {
            case TIMES_BETTER:
                return ">= " + Numbers.of(bound) + " times as good as " + reference.title();
            case PART_OF:
                return "<= " + Numbers.of(bound) + " of " + reference.title();
            default:
                return "<= " + Numbers.of(bound) + (metric.unit().isEmpty() ? "" : " " + metric.unit());
        }
    }
}
