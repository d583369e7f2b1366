// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.report.Machine;
import io.kevent.bench.report.Report;
import io.kevent.bench.report.Section;
import io.kevent.bench.report.Series;
import io.kevent.bench.report.Summary;
import io.kevent.bench.report.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class TargetsTest {
    private static final String JETTY = "Jetty, 64 connections";

    @Test
    void sectionsStandInTheOrderOfTheMeasurements() {
        List<Section> sections = judged(section("memory"), section("twins"), section("seed")).sections();
        assertEquals(List.of("seed", "twins", "memory"), sections.stream().map(Section::name).toList());
    }

    @Test
    void aSectionKeepsTheWordsOfItsRun() {
        Section churn = new Section("churn", "Churn", "Connections come and go.", "connection", List.of(), "commit 0123456789");
        assertEquals(List.of(churn), judged(churn).sections());
    }

    @Test
    void serversThatShareAJvmAreJudgedBesideThoseThatDoNot() {
        Report report = judged(section("servers", cpu(Subject.JDK, 100), cpu(Subject.KEVENT, 90)), section("twins", cpu(Subject.JDK, 100), cpu(Subject.KEVENT, 70)));
        assertEquals(0.9, reached(report, "CPU per request, Jetty at 64"));
        assertEquals(0.7, reached(report, "CPU per request, Jetty at 64, both in one JVM"));
    }

    private static double reached(Report report, String what) {
        return report.verdicts().stream().filter(verdict -> verdict.what().equals(what) && verdict.met() != null).findFirst().map(Verdict::reached).orElseThrow();
    }

    private static Report judged(Section... sections) {
        return Targets.judge(new Report(new Machine("a processor", 2, "Linux 1", "a JDK", 17, "0123456789"), "", "", 1, null, null, List.of(), List.of(sections), List.of()));
    }

    private static Section section(String name, Series... series) {
        return new Section(name, "", "", "", List.of(series));
    }

    private static Series cpu(Subject subject, double value) {
        List<Double> values = List.of(value);
        return new Series(JETTY, subject, Metric.CPU, Metric.CPU.unit(), values, Summary.of(values), null);
    }
}
