// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import java.util.List;

/** Sections for tests. */
final class Sections {
    static final String NAME = "measurement";

    private Sections() { }

    static Series series(String scenario, Subject subject, Metric metric, double value) {
        List<Double> values = List.of(value, value);
        return new Series(scenario, subject, metric, metric.unit(), values, Summary.of(values), null);
    }

    static Section section(List<Series> series) {
        return new Section(NAME, "Title <&>", "About it.", "event", series);
    }

    static List<Section> of(Metric metric, String scenario, double jdk, double kevent) {
        return List.of(section(List.of(series(scenario, Subject.JDK, metric, jdk), series(scenario, Subject.KEVENT, metric, kevent))));
    }
}
