// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.report.Section;
import io.kevent.bench.report.Series;
import io.kevent.bench.report.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is left of a server's cost when its selector costs as little as can be. Of the CPU per request: the JDK's without the share of it that goes into the
 * system calls of its selector, which was sampled. Of the requests per second: what the processors, busy all the time, would answer more if those calls took
 * none of it. Of the calls under strace: those of the agent's that are waits, one for each select, since a selector that does not ask cannot know. The JDK's
 * would be fewer, only because all its other calls keep it from coming to the next. Of the calls at full speed: the JDK's waits, and its writes to an eventfd,
 * without which a thread that waits does not learn that it is wanted.
 */
final class ServerLimit {
    /** Names of the measurements whose sections are of servers. */
    private static final Set<String> SERVERS = Set.of("servers", "twins");
    private static final double WHOLE = 100;
    private static final double NANOS = 1e9;

    private ServerLimit() { }

    /** Adds the rows to the sections of servers, in the scenarios in which what they follow from is known; they replace those that are there. */
    static List<Section> added(List<Section> sections, int processors) {
        return sections.stream().map(section -> SERVERS.contains(section.name()) ? added(section, processors) : section).toList();
    }

    private static Section added(Section servers, int processors) {
        List<Series> series = new ArrayList<>(servers.series());
        series.removeIf(one -> one.subject() == Subject.LIMIT);
        for (String scenario : servers.scenarios()) {
            jdk(servers, scenario, Metric.SHARE).ifPresent(share -> jdk(servers, scenario, Metric.CPU).ifPresent(cpu -> {
                double saved = share.summary().median() / WHOLE;
                series.add(limit(cpu, cpu.values().stream().map(nanos -> nanos * (1 - saved)).toList()));
                jdk(servers, scenario, Metric.RATE).ifPresent(rate -> series.add(limit(rate, IntStream.range(0, rate.values().size())
                        .mapToObj(i -> faster(rate.values().get(i), cpu.values().get(i) * saved, processors)).toList())));
            }));
            jdk(servers, scenario, Metric.NEEDED_AT_SPEED).ifPresent(needed -> jdk(servers, scenario, Metric.CALLS_AT_SPEED).ifPresent(calls ->
                    series.add(limit(calls, needed.values()))));
            servers.find(scenario, Subject.AGENT, Metric.EPOLL_WAIT).ifPresent(waits -> jdk(servers, scenario, Metric.CALLS).ifPresent(calls ->
                    series.add(limit(calls, waits.values()))));
        }
        return servers.with(series);
    }

    /** The rate if so much of the processors' time were saved with each request. */
    private static double faster(double rate, double savedNanos, int processors) {
        double busy = processors * NANOS;
        return busy / (busy / rate - savedNanos);
    }

    private static Optional<Series> jdk(Section servers, String scenario, Metric metric) {
        return servers.find(scenario, Subject.JDK, metric);
    }

    private static Series limit(Series jdk, List<Double> values) {
        return new Series(jdk.scenario(), Subject.LIMIT, jdk.metric(), jdk.unit(), values, Summary.of(values), Summary.ofRatios(values, jdk.values()));
    }
}
