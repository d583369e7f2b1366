// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import java.util.List;
import java.util.stream.DoubleStream;

/** Sections for tests. */
final class Sections {
    static final String NAME = "measurement";

    private Sections() { }

    static Series series(String scenario, Subject subject, Metric metric, double... values) {
        List<Double> rounds = DoubleStream.of(values).boxed().toList();
        return new Series(scenario, subject, metric, metric.unit(), rounds, Summary.of(rounds), null);
    }

    static Section section(List<Series> series) {
        return new Section(NAME, "Title <&>", "About it.", "event", series);
    }

    static List<Section> of(Metric metric, String scenario, double jdk, double kevent) {
        return List.of(section(List.of(series(scenario, Subject.JDK, metric, jdk, jdk), series(scenario, Subject.KEVENT, metric, kevent, kevent))));
    }
}
