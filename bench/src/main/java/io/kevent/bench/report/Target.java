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
 * @param elsewhere in which scenario the reference's figure is looked up; null for the same
 * @param comparison how
 * @param bound the least factor, the greatest ratio, or the greatest value
 * @param limit whose figure is the best that can be reached, where it was measured
 */
public record Target(String what, String measurement, Pattern scenarios, Metric metric, Subject subject, Subject reference, String elsewhere,
        Comparison comparison, double bound, Subject limit) {

    /**
     * A target within each scenario.
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
    public Target(String what, String measurement, Pattern scenarios, Metric metric, Subject subject, Subject reference, Comparison comparison,
            double bound) {
        this(what, measurement, scenarios, metric, subject, reference, null, comparison, bound, Subject.LIMIT);
    }

    /**
     * The same target with another limit.
     *
     * @param best whose figure is the best that can be reached
     * @return a new one
     */
    public Target limitedBy(Subject best) {
        return new Target(what, measurement, scenarios, metric, subject, reference, elsewhere, comparison, bound, best);
    }

    /** How a figure is compared. */
    public enum Comparison {
        /** How many times better than the reference, at least. */
        TIMES_BETTER,
        /** Which part of the reference's figure, at most. */
        PART_OF,
        /** The figure itself, at most. */
        VALUE
    }

    /** The figure and what it was compared with are null if it was not compared. */
    private record Reached(Section section, String scenario, Summary summary, Double figure, Double reference) {
        double value() {
            return summary.median();
        }
    }

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
                        .map(scenario -> reached(section, scenario, subject)).filter(Objects::nonNull))
                .min(comparison == Comparison.TIMES_BETTER ? byValue : byValue.reversed());
        if (worst.isEmpty()) {
            return new Verdict(what, subject.title(), aim(), null, null, null, null, null, null, null, "not measured", null, null, null);
        }
        double value = worst.get().value();
        Reached best = reached(worst.get().section(), worst.get().scenario(), limit);
        Summary rounds = worst.get().summary();
        return new Verdict(what, subject.title(), aim(), value, rounds.least(), rounds.most(), worst.get().figure(), worst.get().reference(),
                best == null ? null : best.value(), best == null ? null : ofLimit(value, best.value()), worst.get().scenario(), meets(value),
                best == null ? null : meets(best.value()),
                best == null ? null : meets(comparison == Comparison.TIMES_BETTER ? best.summary().upper() : best.summary().lower()));
    }

    private boolean meets(double value) {
        return comparison == Comparison.TIMES_BETTER ? value >= bound : value <= bound;
    }

    private Double ofLimit(double value, double best) {
        double over = comparison == Comparison.TIMES_BETTER ? value : best;
        double under = comparison == Comparison.TIMES_BETTER ? best : value;
        return under > 0 ? over / under : null;
    }

    private Reached reached(Section section, String scenario, Subject who) {
        Optional<Series> own = section.find(scenario, who, metric);
        if (own.isEmpty()) {
            return null;
        }
        if (comparison == Comparison.VALUE) {
            return new Reached(section, scenario, own.get().summary(), null, null);
        }
        Optional<Series> other = elsewhere == null ? section.find(scenario, reference, metric)
                // what is asked is how much one scenario differs from the other, which the limit may do as well
                : section.find(elsewhere, who == limit ? who : reference, metric);
        if (other.isEmpty()) {
            return null;
        }
        boolean upsideDown = comparison == Comparison.TIMES_BETTER && !metric.moreIsBetter();
        List<Double> over = (upsideDown ? other : own).get().values();
        List<Double> under = (upsideDown ? own : other).get().values();
        Summary ratio = Summary.ofRatios(over, under);
        return ratio == null ? null : new Reached(section, scenario, ratio, own.get().summary().median(), other.get().summary().median());
    }

    private String aim() {
        switch (comparison) {
            case TIMES_BETTER:
                return ">= " + Numbers.of(bound) + " times as good as " + referenceInWords();
            case PART_OF:
                return "<= " + Numbers.of(bound) + " of " + referenceInWords();
            default:
                return "<= " + Numbers.of(bound) + (metric.unit().isEmpty() ? "" : " " + metric.unit());
        }
    }

    private String referenceInWords() {
        return elsewhere == null ? reference.title() : reference.title() + ", " + elsewhere;
    }
}
