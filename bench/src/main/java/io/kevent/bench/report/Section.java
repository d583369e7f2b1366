// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a measurement came to.
 *
 * @param name the measurement's name
 * @param title its title
 * @param about what is done
 * @param per what times, calls and bytes are divided by
 * @param series the figures
 * @param origin of which run they are; null if of the one that the report is of
 */
public record Section(String name, String title, String about, String per, List<Series> series, String origin) {
    /**
     * Of the run that the report is of.
     *
     * @param name the measurement's name
     * @param title its title
     * @param about what is done
     * @param per what times, calls and bytes are divided by
     * @param series the figures
     */
    public Section(String name, String title, String about, String per, List<Series> series) {
        this(name, title, about, per, series, null);
    }

    /**
     * The same with other figures.
     *
     * @param others the figures
     * @return a new section
     */
    public Section with(List<Series> others) {
        return new Section(name, title, about, per, others, origin);
    }

    /**
     * The same in a report of another run.
     *
     * @param run which run the figures are of
     * @return a new section
     */
    Section of(String run) {
        return new Section(name, title, about, per, series, run);
    }

    /** What stands before its figures. */
    String text() {
        return about + " Figures per " + per + ".";
    }

    /**
     * Looks for a series.
     *
     * @param scenario what was done
     * @param subject who did it
     * @param metric what was measured
     * @return the series, if it was measured
     */
    public Optional<Series> find(String scenario, Subject subject, Metric metric) {
        return series.stream().filter(one -> one.scenario().equals(scenario) && one.subject() == subject && one.metric() == metric).findFirst();
    }

    /**
     * The scenarios.
     *
     * @return in the order in which they were run
     */
    public List<String> scenarios() {
        return series.stream().map(Series::scenario).distinct().toList();
    }

    /**
     * Whether nothing is lost if this takes the place of another.
     *
     * @param other the other
     * @return whether all its scenarios and subjects are in here, but for limits, which are reckoned
     */
    public boolean covers(Section other) {
        return rows(this).containsAll(rows(other));
    }

    private static Set<List<Object>> rows(Section section) {
        return section.series.stream().filter(one -> one.subject() != Subject.LIMIT).map(one -> List.<Object>of(one.scenario(), one.subject()))
                .collect(Collectors.toSet());
    }

    /**
     * The metrics.
     *
     * @return those that were measured, in the order of their declaration
     */
    public List<Metric> metrics() {
        return series.stream().map(Series::metric).distinct().sorted().toList();
    }

    /**
     * The subjects.
     *
     * @return those that took part, in the order of their declaration
     */
    public List<Subject> subjects() {
        return series.stream().map(Series::subject).distinct().sorted().toList();
    }
}
