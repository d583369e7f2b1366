// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.report.Section;
import io.kevent.bench.report.Series;
import io.kevent.bench.report.Summary;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ServerLimitTest {
    private static final String SCENARIO = "Jetty, 64 connections";
    private static final Series CPU = series(Metric.CPU, 10_000);

    @Test
    void shareOfTheSelectorIsTakenOff() {
        Section servers = section(List.of(CPU, series(Metric.SHARE, 20)));
        Series limit = ServerLimit.added(List.of(servers), 2).get(0).find(SCENARIO, Subject.LIMIT, Metric.CPU).orElseThrow();
        assertEquals(8000, limit.summary().median());
        assertEquals(0.8, limit.toJdk().median());
    }

    @Test
    void thoseThatShareAJvmHaveTheirLimitToo() {
        Section twins = new Section("twins", "", "About.", "request", List.of(CPU, series(Metric.SHARE, 20)));
        Series limit = ServerLimit.added(List.of(twins), 2).get(0).find(SCENARIO, Subject.LIMIT, Metric.CPU).orElseThrow();
        assertEquals(8000, limit.summary().median());
    }

    @Test
    void processorsAnswerMoreInTheTimeThatIsSaved() {
        // 20 us of the processors, of which the server has 10 and the selector 2
        Section servers = section(List.of(CPU, series(Metric.SHARE, 20), series(Metric.RATE, 100_000)));
        Series limit = ServerLimit.added(List.of(servers), 2).get(0).find(SCENARIO, Subject.LIMIT, Metric.RATE).orElseThrow();
        assertEquals(2e9 / 18_000, limit.summary().median(), 1e-6);
    }

    @Test
    void ofTheCallsTheWaitsOfTheAgentAreLeft() {
        Section servers = section(List.of(series(Metric.CALLS, 2.0), series(Metric.EPOLL_WAIT, 0.05), series(Subject.AGENT, Metric.EPOLL_WAIT, 0.1)));
        Series limit = ServerLimit.added(List.of(servers), 2).get(0).find(SCENARIO, Subject.LIMIT, Metric.CALLS).orElseThrow();
        assertEquals(0.1, limit.summary().median());
        assertEquals(0.05, limit.toJdk().median());
    }

    @Test
    void ofTheCallsAtFullSpeedTheWaitsAndTheWakeUpsAreLeft() {
        Section servers = section(List.of(series(Metric.CALLS_AT_SPEED, 4.0), series(Metric.NEEDED_AT_SPEED, 3.0)));
        Series limit = ServerLimit.added(List.of(servers), 2).get(0).find(SCENARIO, Subject.LIMIT, Metric.CALLS_AT_SPEED).orElseThrow();
        assertEquals(0.75, limit.toJdk().median());
    }

    @Test
    void limitsThatAreThereAreReplaced() {
        List<Section> once = ServerLimit.added(List.of(section(List.of(CPU, series(Metric.SHARE, 20)))), 2);
        assertEquals(once, ServerLimit.added(once, 2));
    }

    @Test
    void thereIsNoLimitWithoutAShare() {
        assertEquals(List.of(section(List.of(CPU))), ServerLimit.added(List.of(section(List.of(CPU))), 2));
    }

    private static Section section(List<Series> series) {
        return new Section("servers", "", "About.", "request", series);
    }

    private static Series series(Metric metric, double value) {
        return series(Subject.JDK, metric, value);
    }

    private static Series series(Subject subject, Metric metric, double value) {
        return new Series(SCENARIO, subject, metric, metric.unit(), List.of(value), Summary.of(List.of(value)), null);
    }
}
