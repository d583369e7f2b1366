// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.report.Target.Comparison;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TargetTest {
    private static final Pattern EVERYWHERE = Pattern.compile("");

    @Test
    void lessTimeIsTimesBetter() {
        Verdict verdict = target(Metric.TIME, Comparison.TIMES_BETTER, 5).judge(Sections.of(Metric.TIME, "one", 100, 10));
        assertEquals(10, verdict.reached());
        assertTrue(verdict.met());
    }

    @Test
    void moreRateIsTimesBetter() {
        Verdict verdict = target(Metric.RATE, Comparison.TIMES_BETTER, 1.1).judge(Sections.of(Metric.RATE, "one", 100, 90));
        assertEquals(0.9, verdict.reached());
        assertFalse(verdict.met());
    }

    @Test
    void partOfIsAtMostTheBound() {
        assertTrue(target(Metric.CPU, Comparison.PART_OF, 0.8).judge(Sections.of(Metric.CPU, "one", 100, 80)).met());
        assertFalse(target(Metric.CPU, Comparison.PART_OF, 0.8).judge(Sections.of(Metric.CPU, "one", 100, 81)).met());
    }

    @Test
    void worstScenarioCounts() {
        List<Section> sections = List.of(Sections.section(List.of(
                Sections.series("good", Subject.JDK, Metric.TIME, 100), Sections.series("good", Subject.KEVENT, Metric.TIME, 10),
                Sections.series("bad", Subject.JDK, Metric.TIME, 100), Sections.series("bad", Subject.KEVENT, Metric.TIME, 200))));
        Verdict verdict = target(Metric.TIME, Comparison.TIMES_BETTER, 5).judge(sections);
        assertEquals("bad", verdict.where());
        assertEquals(0.5, verdict.reached());
    }

    @Test
    void spreadIsThatOfTheRounds() {
        List<Section> sections = List.of(Sections.section(List.of(
                Sections.series("one", Subject.JDK, Metric.TIME, 100, 120, 90), Sections.series("one", Subject.KEVENT, Metric.TIME, 50, 40, 90))));
        Verdict verdict = target(Metric.TIME, Comparison.TIMES_BETTER, 5).judge(sections);
        assertEquals(2, verdict.reached());
        assertEquals(1, verdict.least());
        assertEquals(3, verdict.most());
    }

    @Test
    void whatWasNotMeasuredIsNeitherMetNorMissed() {
        assertNull(target(Metric.P99, Comparison.PART_OF, 0.5).judge(Sections.of(Metric.TIME, "one", 1, 1)).met());
    }

    @Test
    void limitIsTheSameComparisonWithNothingOfASelector() {
        Verdict verdict = target(Metric.TIME, Comparison.TIMES_BETTER, 5).judge(withLimit(Metric.TIME, 100, 50, 25));
        assertEquals(2, verdict.reached());
        assertEquals(4, verdict.limit());
        assertEquals(0.5, verdict.ofLimit());
    }

    @Test
    void limitOfWhatShouldBeLittleIsReachedFromAbove() {
        Verdict verdict = target(Metric.CPU, Comparison.PART_OF, 0.85).judge(withLimit(Metric.CPU, 100, 90, 81));
        assertEquals(0.9, verdict.ofLimit());
        assertEquals("NOT met", verdict.word());
    }

    @Test
    void whatTheLimitMissesAsWellIsToldApart() {
        Verdict verdict = target(Metric.TIME, Comparison.TIMES_BETTER, 5).judge(withLimit(Metric.TIME, 100, 26, 25));
        assertTrue(verdict.missedByLimitToo());
        assertEquals("NOT met, nor by its limit", verdict.word());
    }

    @Test
    void limitThatMeetsItInAQuarterOfTheTurnsIsTooCloseToTell() {
        List<Section> sections = List.of(Sections.section(List.of(Sections.series("one", Subject.JDK, Metric.TIME, 100, 100, 100, 100, 100),
                Sections.series("one", Subject.KEVENT, Metric.TIME, 26, 26, 26, 26, 26), Sections.series("one", Subject.LIMIT, Metric.TIME, 25, 25, 25, 20, 19))));
        Verdict verdict = target(Metric.TIME, Comparison.TIMES_BETTER, 5).judge(sections);
        assertFalse(verdict.missedByLimitToo());
        assertFalse(verdict.fallsShort());
        assertEquals("NOT met; limit unclear", verdict.word());
    }

    @Test
    void figuresThatAreComparedAreTold() {
        Verdict verdict = target(Metric.CPU, Comparison.PART_OF, 0.8).judge(Sections.of(Metric.CPU, "one", 100, 80));
        assertEquals(80, verdict.figure());
        assertEquals(100, verdict.reference());
        assertNull(target(Metric.CPU, Comparison.VALUE, 1).judge(Sections.of(Metric.CPU, "one", 100, 80)).figure());
    }

    @Test
    void whatIsMetIsMetThoughItsLimitMissesIt() {
        Verdict verdict = target(Metric.TIME, Comparison.TIMES_BETTER, 5).judge(withLimit(Metric.TIME, 100, 20, 25));
        assertFalse(verdict.missedByLimitToo());
        assertEquals("met", verdict.word());
    }

    @Test
    void withoutALimitItIsNotToldHowNearItIs() {
        Verdict verdict = target(Metric.CPU, Comparison.PART_OF, 0.8).judge(Sections.of(Metric.CPU, "one", 100, 81));
        assertNull(verdict.ofLimit());
        assertFalse(verdict.missedByLimitToo());
    }

    @Test
    void limitIsTheFigureOfWhomItSays() {
        List<Section> sections = List.of(Sections.section(List.of(Sections.series("one", Subject.LIMIT, Metric.TIME, 20),
                Sections.series("one", Subject.KEVENT, Metric.TIME, 50), Sections.series("one", Subject.BARE_EPOLL, Metric.TIME, 40))));
        Verdict verdict = new Target("what", Sections.NAME, EVERYWHERE, Metric.TIME, Subject.KEVENT, Subject.LIMIT, Comparison.TIMES_BETTER, 1)
                .limitedBy(Subject.BARE_EPOLL).judge(sections);
        assertEquals(0.4, verdict.reached());
        assertEquals(0.5, verdict.limit());
    }

    @Test
    void figureOfAnotherScenarioCanBeTheReference() {
        List<Section> sections = List.of(Sections.section(List.of(
                Sections.series("few", Subject.KEVENT, Metric.TIME, 100), Sections.series("many", Subject.KEVENT, Metric.TIME, 105),
                Sections.series("few", Subject.LIMIT, Metric.TIME, 50), Sections.series("many", Subject.LIMIT, Metric.TIME, 51))));
        Verdict verdict = new Target("what", Sections.NAME, Pattern.compile("many"), Metric.TIME, Subject.KEVENT, Subject.KEVENT, "few",
                Comparison.PART_OF, 1.1, Subject.LIMIT).judge(sections);
        assertEquals(1.05, verdict.reached());
        assertEquals(1.02, verdict.limit());
        assertTrue(verdict.met());
        assertTrue(verdict.aim().endsWith(", few"), verdict.aim());
    }

    private static List<Section> withLimit(Metric metric, double jdk, double kevent, double limit) {
        return List.of(Sections.section(List.of(Sections.series("one", Subject.JDK, metric, jdk), Sections.series("one", Subject.KEVENT, metric, kevent),
                Sections.series("one", Subject.LIMIT, metric, limit))));
    }

    private static Target target(Metric metric, Comparison comparison, double bound) {
        return new Target("what", Sections.NAME, EVERYWHERE, metric, Subject.KEVENT, Subject.JDK, comparison, bound);
    }
}
