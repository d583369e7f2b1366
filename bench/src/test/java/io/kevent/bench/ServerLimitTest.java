// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench;

import io.kevent.bench.jmh.InterestMeasurement;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.report.Section;
import io.kevent.bench.report.Series;
import io.kevent.bench.report.Summary;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ServerLimitTest {
    private static final Section SERVERS = new Section("servers", "", "About.", "request",
            List.of(series("Jetty, 64 connections", Metric.CPU, 10_000), series("Jetty, 64 connections", Metric.EPOLL_CTL, 2)));
    private static final Section INTEREST = new Section("interest", "", "", "off and on",
            List.of(series(InterestMeasurement.SELECT_BETWEEN, Metric.CPU, 1000), series(InterestMeasurement.SELECT_BETWEEN, Metric.EPOLL_CTL, 2)));

    @Test
    void callsAreTakenOffAtTheirPrice() {
        Series limit = ServerLimit.added(List.of(INTEREST, SERVERS)).get(1).find("Jetty, 64 connections", Subject.LIMIT, Metric.CPU).orElseThrow();
        assertEquals(9000, limit.summary().median());
        assertEquals(0.9, limit.toJdk().median());
    }

    @Test
    void nothingIsCalculatedWithoutAPrice() {
        assertEquals(List.of(SERVERS), ServerLimit.added(List.of(SERVERS)));
    }

    private static Series series(String scenario, Metric metric, double value) {
        return new Series(scenario, Subject.JDK, metric, metric.unit(), List.of(value), Summary.of(List.of(value)), null);
    }
}
