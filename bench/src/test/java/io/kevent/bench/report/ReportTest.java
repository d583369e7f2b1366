// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Failure;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReportTest {
    private static final Report REPORT = new Report(new Machine("a processor", 2, "Linux 1", "a JDK", 17, "0123456789"), "quick mode, 2 rounds",
            "2026-01-01T00:00:00Z", 1, List.of(0.5, 4.0), 0.01, List.of(new Verdict("faster", "kevent", ">= 2", 1.5, 1.4, 1.75, 6.0, 4.0, 3.0, 0.5, "one", false, true, true)),
            Sections.of(Metric.TIME, "one", 100, 10), List.of(new Failure("another", "something failed")));

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenAsJsonIsReadAgain() throws IOException {
        Path file = directory.resolve("report.json");
        JsonReport.write(REPORT, file);
        assertEquals(REPORT, JsonReport.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "{}", "[]"})
    void whatIsNoReportIsNamed(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("other.json"), content);
        String message = assertThrows(IOException.class, () -> JsonReport.read(file)).getMessage();
        assertTrue(message.startsWith(file + " is no report of the bench: "), message);
    }

    @Test
    void pageHoldsItsPlotsAndNeedsNoNetwork() throws IOException {
        Path file = directory.resolve("report.html");
        HtmlReport.write(REPORT, file);
        String page = Files.readString(file);
        assertTrue(page.contains("src=\"data:image/svg+xml;base64,"), page);
        assertFalse(page.contains("http"), page);
        assertTrue(page.contains("Title &lt;&amp;&gt;"), page);
        assertTrue(page.contains("0123456789") && page.contains("Linux 1") && page.contains("a JDK") && page.contains("a processor"), page);
        assertTrue(page.contains("something failed") && page.contains("NOT met"), page);
    }

    @Test
    void whatWasMeasuredLaterTakesThePlaceOfWhatFailed() {
        Section again = Sections.of(Metric.TIME, "one", 1, 1).get(0);
        Section kept = new Section("other", "", "", "", List.of());
        Report before = report(List.of(REPORT.sections().get(0), kept), List.of(new Failure(Sections.NAME, "old"), new Failure("other", "kept")));
        Report both = before.with(report(List.of(again), List.of(new Failure(Sections.NAME, "new"))));
        assertEquals(List.of(again.of("commit 0123456789, Linux 1, " + REPORT.mode() + ", " + REPORT.started() + ", the host took 1.0 % of the processors' time"), kept),
                both.sections());
        assertEquals(List.of(new Failure("other", "kept"), new Failure(Sections.NAME, "new")), both.failures());
        assertEquals(2, both.seconds());
    }

    @Test
    void whatWouldLoseAScenarioOrARowIsNotTakenIn() {
        Report rowLess = report(List.of(Sections.section(List.of(Sections.series("one", Subject.JDK, Metric.TIME, 1)))), List.of());
        assertThrows(IllegalArgumentException.class, () -> REPORT.with(rowLess));
        assertThrows(IllegalArgumentException.class, () -> REPORT.with(report(Sections.of(Metric.TIME, "another", 1, 1), List.of())));
    }

    @Test
    void mostThatWasStolenIsWhatIsToldOfBoth() {
        Report stolen = new Report(REPORT.machine(), "", "", 1, REPORT.others(), 0.3, List.of(), REPORT.sections(), List.of());
        assertEquals(0.3, REPORT.with(stolen).stolen());
        assertEquals(0.3, stolen.with(REPORT).stolen());
        assertTrue(stolen.disturbed());
    }

    @Test
    void whatWasMeasuredOfALaterCommitSaysSo() {
        Machine here = REPORT.machine();
        Machine later = new Machine(here.cpu(), here.cores(), here.kernel(), here.jdk(), here.feature(), "abcdef0123");
        Report both = REPORT.with(new Report(later, "full mode", "today", 1, null, null, List.of(), REPORT.sections(), List.of()));
        assertEquals(here, both.machine());
        assertEquals("commit abcdef0123, Linux 1, full mode, today", both.runOf(both.sections().get(0)));
    }

    @Test
    void whatWasMeasuredOnAnotherKernelSaysSo() {
        Machine here = REPORT.machine();
        Machine updated = new Machine(here.cpu(), here.cores(), "Linux 99", here.jdk(), here.feature(), here.commit());
        Report both = REPORT.with(new Report(updated, "full mode", "today", 1, null, null, List.of(), REPORT.sections(), List.of()));
        assertEquals("commit " + here.commit() + ", Linux 99, full mode, today", both.runOf(both.sections().get(0)));
    }

    @Test
    void whatWasMeasuredElsewhereIsNotTakenIn() {
        Report elsewhere = new Report(new Machine("another", 2, "Linux 1", "a JDK", 17, "0123456789"), "", "", 1, null, null, List.of(), List.of(), List.of());
        assertThrows(IllegalArgumentException.class, () -> REPORT.with(elsewhere));
    }

    @Test
    void tableHoldsLossesAndFailures() throws IOException {
        Path file = directory.resolve("benchmarks.md");
        MarkdownReport.write(List.of(REPORT), file);
        String page = Files.readString(file);
        assertTrue(page.contains("| faster | kevent | >= 2 | 1.50 (1.40 to 1.75) | 6.00 against 4.00 | 3.00 | 50 % | one | NOT met |"), page);
        assertTrue(page.contains("\n0 of 1 targets are met. Of the others 0 are missed by their limit as well, with 0 the limit is too close to tell, and 1 could be met."), page);
        assertTrue(page.contains("\n| Title <&> | commit 0123456789, Linux 1, quick mode, 2 rounds, 2026-01-01T00:00:00Z, the host took 1.0 % of the processors' time |"), page);
        assertTrue(page.contains("| one | kevent (property) | 10.0 (10.0 to 10.0) |"), page);
        assertTrue(page.contains("- something failed"), page);
    }

    private static Report report(List<Section> sections, List<Failure> failures) {
        return new Report(REPORT.machine(), REPORT.mode(), REPORT.started(), 1, REPORT.others(), REPORT.stolen(), List.of(), sections, failures);
    }
}
