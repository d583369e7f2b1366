// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A figure of kevent's that was worse than that of the JDK's selector in every turn, so that chance is not the likely reason.
 *
 * @param measurement its title
 * @param series the figure
 * @param jdk the JDK's
 */
public record Loss(String measurement, Series series, Series jdk) {
    /** What the cells of a row are. */
    public static final List<String> COLUMNS = List.of("measurement", "scenario", "who", "figure", "kevent", "the JDK's selector", "kevent / JDK");

    private static final Set<Subject> KEVENTS = EnumSet.of(Subject.KEVENT, Subject.AGENT, Subject.KEVENT_EDGE, Subject.KEVENT_WAKE_ONE, Subject.QUEUE,
            Subject.QUEUE_EDGE);
    /** Not those that are parts of others. */
    private static final Set<Metric> WHOLE = EnumSet.of(Metric.TIME, Metric.CPU, Metric.CALLS, Metric.CALLS_AT_SPEED, Metric.ALLOCATED, Metric.SWITCHES,
            Metric.BYTES, Metric.RATE, Metric.P50, Metric.P99, Metric.P999, Metric.WAKEUPS, Metric.EMPTY_ACCEPTS);

    static List<Loss> of(Section section) {
        return section.series().stream().filter(Loss::isLost)
                .map(series -> new Loss(section.title(), series, section.find(series.scenario(), Subject.JDK, series.metric()).orElseThrow()))
                .filter(Loss::shows).toList();
    }

    /** Not in the digits that a table has no room for: two counts may be next to nothing, and one of them twice as much. */
    private boolean shows() {
        return !Numbers.of(series.summary().median()).equals(Numbers.of(jdk.summary().median()));
    }

    private static boolean isLost(Series series) {
        Summary ratio = series.toJdk();
        return ratio != null && KEVENTS.contains(series.subject()) && WHOLE.contains(series.metric())
                && (series.metric().moreIsBetter() ? ratio.most() < 1 : ratio.least() > 1);
    }

    /**
     * As a row of a table.
     *
     * @return one cell for each of {@link #COLUMNS}
     */
    public List<String> cells() {
        Metric metric = series.metric();
        String unit = metric.unit().isEmpty() ? "" : ", " + metric.unit();
        String figure = metric == Metric.CALLS_AT_SPEED ? Metric.CALLS.title() + " at full speed" : metric.title();
        return List.of(measurement, series.scenario(), series.subject().title(), figure + unit, Numbers.median(series), Numbers.median(jdk),
                Numbers.of(series.toJdk().median()));
    }
}
