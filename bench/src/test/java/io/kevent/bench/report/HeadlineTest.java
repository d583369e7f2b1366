// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.report.Headline.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HeadlineTest {
    private static final Report REPORT = new Report(new Machine("", 2, "", "", 17, ""), "", "", 1, List.of(0.5, 0.5), null,
            List.of(missed("reachable", true), missed("beyond", false)), Sections.of(Metric.TIME, "one", 100, 10), List.of());
    private static final Headline HEADLINE = new Headline(List.of(REPORT));
    private static final Headline.Figure FIGURE = figure(Metric.TIME, Form.INSTEAD_OF);

    @TempDir
    Path directory;

    private static Verdict missed(String what, boolean reachable) {
        return new Verdict(what, "kevent", ">= 2", 1.5, 1.4, 1.75, null, null, reachable ? 3.0 : 1.8, 0.5, "one", false, reachable, reachable);
    }

    @Test
    void figuresTakeThePlaceOfThoseBefore() throws IOException {
        Path page = Files.write(directory.resolve("README.md"), List.of("# Title", Headline.BEGIN, "old", Headline.END, "rest"));
        HEADLINE.insert(page, List.of("plot"), List.of(FIGURE));
        HEADLINE.insert(page, List.of("plot"), List.of(FIGURE));
        assertEquals(List.of("# Title", Headline.BEGIN, "plot", "", "| kevent, compared with the JDK's selector | JDK 17 |", "|---|---|",
                "| Faster | 10.0 ns instead of 100 ns |", "", "JDK 17: " + REPORT.outcome(), "", Headline.END, "rest"),
                Files.readAllLines(page));
    }

    @Test
    void figureIsAPartOfTheJdks() throws IOException {
        assertEquals("| Faster | 0.10 (0.10 to 0.10) |", row(HEADLINE, figure(Metric.TIME, Form.PART_OF)));
    }

    @Test
    void timesBetterIsWhatIsMoreOfARateAndLessOfATime() throws IOException {
        assertEquals("| Faster | 10.0 (10.0 to 10.0) |", row(HEADLINE, figure(Metric.TIME, Form.TIMES)));
        Headline rates = new Headline(List.of(new Report(REPORT.machine(), "", "", 1, null, null, List.of(), Sections.of(Metric.RATE, "one", 100, 150), List.of())));
        assertEquals("| Faster | 1.50 (1.50 to 1.50) |", row(rates, figure(Metric.RATE, Form.TIMES)));
    }

    @Test
    void whatWasNotMeasuredIsLeftEmpty() throws IOException {
        assertEquals("| Faster |  |", row(HEADLINE, figure(Metric.P99, Form.TIMES)));
    }

    private static Headline.Figure figure(Metric metric, Form form) {
        return new Headline.Figure("Faster", Sections.NAME, "one", metric, Subject.KEVENT, form);
    }

    private String row(Headline headline, Headline.Figure figure) throws IOException {
        Path page = Files.write(directory.resolve("README.md"), List.of(Headline.BEGIN, Headline.END));
        headline.insert(page, List.of("plot"), List.of(figure));
        return Files.readAllLines(page).stream().filter(line -> line.startsWith("| Faster")).findFirst().orElseThrow();
    }

    @Test
    void pageWithoutAPlaceForThemIsLeftAlone() throws IOException {
        Path page = Files.write(directory.resolve("README.md"), List.of("# Title"));
        assertThrows(IOException.class, () -> HEADLINE.insert(page, List.of(), List.of(FIGURE)));
        assertEquals(List.of("# Title"), Files.readAllLines(page));
    }

    @Test
    void onlyWhatWasMeasuredIsDrawn() throws IOException {
        assertTrue(HEADLINE.draw(Sections.NAME, Metric.TIME, "one", directory.resolve("plot.svg")));
        assertTrue(Files.readString(directory.resolve("plot.svg")).contains("<svg"));
        assertFalse(HEADLINE.draw(Sections.NAME, Metric.TIME, "two", directory.resolve("none.svg")));
        assertFalse(Files.exists(directory.resolve("none.svg")));
    }
}
