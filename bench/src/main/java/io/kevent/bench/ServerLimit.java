// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench;

import io.kevent.bench.jmh.InterestMeasurement;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.report.Section;
import io.kevent.bench.report.Series;
import io.kevent.bench.report.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is left of a server's CPU per request when interest costs nothing: calculated from figures of the same run, since no server can do without. The
 * JDK's selector pays for a change of interest in epoll_ctl calls and in the work around them; measured alone, both together have a price per call.
 */
final class ServerLimit {
    private static final String SERVERS = "servers";
    private static final String INTEREST = "interest";

    private ServerLimit() { }

    /** Adds the row to the section of the servers, if all that it takes was measured. */
    static List<Section> added(List<Section> sections) {
        Optional<Double> price = sections.stream().filter(section -> section.name().equals(INTEREST)).findFirst().flatMap(ServerLimit::priceOfCall);
        if (price.isEmpty()) {
            return sections;
        }
        return sections.stream().map(section -> section.name().equals(SERVERS) ? added(section, price.get()) : section).toList();
    }

    private static Optional<Double> priceOfCall(Section interest) {
        Optional<Double> cpu = median(interest, InterestMeasurement.SELECT_BETWEEN, Metric.CPU);
        Optional<Double> calls = median(interest, InterestMeasurement.SELECT_BETWEEN, Metric.EPOLL_CTL).filter(count -> count > 0);
        return cpu.flatMap(nanos -> calls.map(count -> nanos / count));
    }

    private static Section added(Section servers, double price) {
        List<Series> series = new ArrayList<>(servers.series());
        for (String scenario : servers.scenarios()) {
            median(servers, scenario, Metric.EPOLL_CTL).ifPresent(calls -> servers.find(scenario, Subject.JDK, Metric.CPU).ifPresent(cpu -> {
                List<Double> values = cpu.values().stream().map(nanos -> nanos - calls * price).toList();
                series.add(new Series(scenario, Subject.LIMIT, Metric.CPU, Metric.CPU.unit(), values, Summary.of(values),
                        Summary.ofRatios(values, cpu.values())));
            }));
        }
        return new Section(servers.name(), servers.title(), servers.about() + String.format(Locale.ROOT,
                " The limit is calculated: the JDK's CPU less its epoll_ctl calls, at the %.0f ns each that they and the work around them cost it in"
                + " \"%s\".", price, InterestMeasurement.SELECT_BETWEEN), servers.per(), series);
    }

    private static Optional<Double> median(Section section, String scenario, Metric metric) {
        return section.find(scenario, Subject.JDK, metric).map(series -> series.summary().median());
    }
}
