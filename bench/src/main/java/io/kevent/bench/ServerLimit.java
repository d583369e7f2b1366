// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.report.Section;
import io.kevent.bench.report.Series;
import io.kevent.bench.report.Summary;
import java.util.ArrayList;
import java.util.List;

/** What is left of a server's CPU per request when the system calls of the JDK's selector cost nothing: the share of them that was sampled is taken off. */
final class ServerLimit {
    private static final String SERVERS = "servers";
    private static final double WHOLE = 100;

    private ServerLimit() { }

    /** Adds the row to the section of the servers, in the scenarios of which the share is known. */
    static List<Section> added(List<Section> sections) {
        return sections.stream().map(section -> section.name().equals(SERVERS) ? added(section) : section).toList();
    }

    private static Section added(Section servers) {
        List<Series> series = new ArrayList<>(servers.series());
        for (String scenario : servers.scenarios()) {
            servers.find(scenario, Subject.JDK, Metric.SHARE).ifPresent(share -> servers.find(scenario, Subject.JDK, Metric.CPU).ifPresent(cpu -> {
                double left = 1 - share.summary().median() / WHOLE;
                List<Double> values = cpu.values().stream().map(nanos -> nanos * left).toList();
                series.add(new Series(scenario, Subject.LIMIT, Metric.CPU, Metric.CPU.unit(), values, Summary.of(values),
                        Summary.ofRatios(values, cpu.values())));
            }));
        }
        return new Section(servers.name(), servers.title(), servers.about(), servers.per(), series);
    }
}
