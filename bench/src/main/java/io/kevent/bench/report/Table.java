// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A section as a table: a row for each subject in each scenario, a column for each metric. The first metric is compared with the JDK's.
 *
 * @param columns the titles
 * @param rows the cells
 */
record Table(List<String> columns, List<Row> rows) {
    private static final Set<Metric> HIDDEN = EnumSet.of(Metric.EPOLL_WAIT, Metric.POLL, Metric.EVENTFD, Metric.NEEDED_AT_SPEED);

    record Row(List<String> cells) { }

    static Table of(Section section) {
        List<Metric> metrics = section.metrics().stream().filter(Table::shown).toList();
        List<String> columns = new ArrayList<>(List.of("scenario", "who"));
        metrics.forEach(metric -> columns.add(metric.title() + (metric.unit().isEmpty() ? "" : ", " + metric.unit())));
        columns.add(1 + 1 + 1, metrics.get(0).title() + " / JDK");
        List<Row> rows = new ArrayList<>();
        for (String scenario : section.scenarios()) {
            for (Subject subject : section.subjects()) {
                List<Series> found = metrics.stream().map(metric -> section.find(scenario, subject, metric).orElse(null)).toList();
                if (found.stream().anyMatch(series -> series != null)) {
                    rows.add(row(scenario, subject, found));
                }
            }
        }
        return new Table(columns, rows);
    }

    /** The kinds of calls are told by the JSON; the tables are wide enough. */
    private static boolean shown(Metric metric) {
        return !HIDDEN.contains(metric);
    }

    private static Row row(String scenario, Subject subject, List<Series> found) {
        List<String> cells = new ArrayList<>(List.of(scenario, subject.title()));
        found.forEach(series -> cells.add(series == null ? "" : Numbers.median(series)));
        Series first = found.get(0);
        cells.add(1 + 1 + 1, first == null || first.toJdk() == null || subject == Subject.JDK ? "" : Numbers.of(first.toJdk().median()));
        return new Row(cells);
    }
}
