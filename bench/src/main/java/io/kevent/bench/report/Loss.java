// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A figure of kevent's that was worse than that of the JDK's selector.
 *
 * @param measurement its title
 * @param series the figure
 * @param jdk the JDK's
 * @param turns how much of it is chance
 */
public record Loss(String measurement, Series series, Series jdk, Turns turns) {
    /** What the cells of a row are. */
    public static final List<String> COLUMNS = List.of("measurement", "scenario", "who", "figure", "kevent", "the JDK's selector", "kevent / JDK", "in turns");

    /** What the median may be worse without being told of, unless each turn is. */
    static final double NOISE = 0.05;

    private static final Set<Subject> KEVENTS = EnumSet.of(Subject.KEVENT, Subject.AGENT, Subject.KEVENT_EDGE, Subject.KEVENT_WAKE_ONE, Subject.QUEUE,
            Subject.QUEUE_EDGE);
    /** Not those that are parts of others. */
    private static final Set<Metric> WHOLE = EnumSet.of(Metric.TIME, Metric.CPU, Metric.CALLS, Metric.CALLS_AT_SPEED, Metric.ALLOCATED, Metric.SWITCHES,
            Metric.BYTES, Metric.RATE, Metric.P50, Metric.P99, Metric.P999, Metric.WAKEUPS, Metric.EMPTY_ACCEPTS);

    /** In how many of its turns it was worse. */
    public enum Turns {
        /** In each. */
        ALL("all"),
        /** In three quarters of them. */
        MOST("3 of 4"),
        /** In half of them. */
        HALF("half");

        private final String title;

        Turns(String title) {
            this.title = title;
        }

        long in(List<Loss> losses) {
            return losses.stream().filter(loss -> loss.turns == this).count();
        }
    }

    static List<Loss> of(Section section) {
        return compared(section.series()).map(series -> of(section, series)).filter(loss -> loss.turns != null && loss.shows()).toList();
    }

    /** How many figures of a section are looked at. */
    static long compared(Section section) {
        return compared(section.series()).filter(series -> series.toJdk() != null).count();
    }

    private static Stream<Series> compared(List<Series> all) {
        return all.stream().filter(series -> KEVENTS.contains(series.subject()) && WHOLE.contains(series.metric()));
    }

    private static Loss of(Section section, Series series) {
        Series jdk = section.find(series.scenario(), Subject.JDK, series.metric()).orElse(null);
        return new Loss(section.title(), series, jdk, jdk == null ? null : turns(series, jdk));
    }

    /** Null if it is not worse. */
    private static Turns turns(Series series, Series jdk) {
        Summary ratio = series.toJdk();
        if (ratio == null) {
            // counts, of which the JDK's are nothing at times
            return series.summary().median() > jdk.summary().median() ? Turns.HALF : null;
        }
        boolean more = series.metric().moreIsBetter();
        if (more ? ratio.most() < 1 : ratio.least() > 1) {
            return Turns.ALL;
        }
        if (more ? ratio.median() > 1 - NOISE : ratio.median() < 1 + NOISE) {
            return null;
        }
        return (more ? ratio.upper() < 1 : ratio.lower() > 1) ? Turns.MOST : Turns.HALF;
    }

    /** Not in the digits that a table has no room for: two counts may be next to nothing, and one of them twice as much. */
    private boolean shows() {
        return !Numbers.of(series.summary().median()).equals(Numbers.of(jdk.summary().median()));
    }

    /**
     * As a row of a table.
     *
     * @return one cell for each of {@link #COLUMNS}
     */
    public List<String> cells() {
        Metric metric = series.metric();
        String unit = metric.unit().isEmpty() ? "" : ", " + metric.unit();
        return List.of(measurement, series.scenario(), series.subject().title(), metric.title() + unit, Numbers.median(series), Numbers.median(jdk),
                series.toJdk() == null ? "" : Numbers.of(series.toJdk().median()), turns.title);
    }
}
