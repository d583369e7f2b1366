// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
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
    private static final Headline.Figure FIGURE = new Headline.Figure("Faster", Sections.NAME, "one", Metric.TIME, Subject.KEVENT);

    @TempDir
    Path directory;

    private static Verdict missed(String what, boolean reachable) {
        return new Verdict(what, "kevent", ">= 2", 1.5, 1.4, 1.75, reachable ? 3.0 : 1.8, 0.5, "one", false, reachable);
    }

    @Test
    void figuresTakeThePlaceOfThoseBefore() throws IOException {
        Path page = Files.write(directory.resolve("README.md"), List.of("# Title", Headline.BEGIN, "old", Headline.END, "rest"));
        HEADLINE.insert(page, List.of("plot"), List.of(FIGURE));
        HEADLINE.insert(page, List.of("plot"), List.of(FIGURE));
        assertEquals(List.of("# Title", Headline.BEGIN, "plot", "", "| | JDK | who | kevent | the JDK's selector | kevent / JDK |", "|---|---|---|---|---|---|",
                "| Faster | 17 | kevent (property) | 10.0 ns | 100 ns |  |", "",
                "JDK 17: 0 of 2 targets are met. 1 of the others are missed by their limit as well, and 1 are not.", "",
                "| missed, though its limit meets it | who | aim | JDK 17 |", "|---|---|---|---|", "| reachable | kevent | >= 2 | 1.50 (one) |", "",
                Headline.END, "rest"),
                Files.readAllLines(page));
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
