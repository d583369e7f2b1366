// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import java.util.Locale;

/** Numbers as the tables show them: three digits, no more than the measurement is good for. */
final class Numbers {
    private Numbers() { }

    static String of(double value) {
        double size = Math.abs(value);
        if (size >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size >= 10) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        // what is nothing looks like nothing
        return size < 0.005 ? "0" : String.format(Locale.ROOT, "%.2f", value);
    }

    /** Nothing for what was not measured. */
    static String ofMaybe(Double value) {
        return value == null ? "" : of(value);
    }

    /** With the least and the most of the rounds, if they differ; nothing for what was not measured. */
    static String ofVerdict(Verdict verdict) {
        String reached = ofMaybe(verdict.reached());
        boolean spread = verdict.least() != null && !of(verdict.least()).equals(of(verdict.most()));
        return spread ? reached + " (" + of(verdict.least()) + " to " + of(verdict.most()) + ")" : reached;
    }

    /** What was compared; nothing if it was not. */
    static String ofCompared(Verdict verdict) {
        return verdict.figure() == null ? "" : of(verdict.figure()) + " against " + of(verdict.reference());
    }

    /** A part of a whole; nothing for what was not measured. */
    static String percent(Double part) {
        return part == null ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * part);
    }

    static String median(Series series) {
        Summary summary = series.summary();
        String median = of(summary.median());
        boolean spread = summary.rounds() > 1 && !series.metric().isCount();
        return spread ? median + " (" + of(summary.least()) + " to " + of(summary.most()) + ")" : median;
    }
}
