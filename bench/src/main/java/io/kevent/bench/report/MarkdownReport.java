// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Steal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The reports of several JDKs as tables in one page. */
public final class MarkdownReport {
    private MarkdownReport() { }

    /**
     * Writes.
     *
     * @param reports what to write, one after the other
     * @param file where to
     * @throws IOException if that fails
     */
    public static void write(List<Report> reports, Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of("# Benchmarks", "",
                "Written by the bench (`mvn -Pbench verify`), no figure by hand. Medians of interleaved turns, with the least and the most; the ratio to",
                "the JDK's selector is the median over neighbouring turns. Counts (system calls, bytes, context switches) are the figures to trust; times",
                "move with the machine. A turn from which the host of a virtual machine took more than " + Numbers.percent(Steal.MUCH) + " of the processors' time is measured again, as long",
                "as there is time to spare. What kevent loses is in here as well."));
        for (Report report : reports) {
            add(report, lines);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private static void add(Report report, List<String> lines) {
        Machine machine = report.machine();
        lines.addAll(List.of("", "## JDK " + machine.feature(), "",
                machine.cores() + " x " + machine.cpu() + ", " + machine.kernel() + ", " + machine.jdk() + ", commit " + machine.commit() + "; "
                        + report.mode() + ", " + report.started() + ", " + report.seconds() + " s"
                        + (report.others() == null ? "" : ", others kept " + Numbers.of(report.others().get(0)) + " processors busy before and "
                                + Numbers.of(report.others().get(1)) + " after")
                        + report.stolenInWords()
                        + (report.disturbed() ? ". **Others were at work on the machine: trust the counts, not the times.**" : "."),
                "", "| measurement | run |", "|---|---|"));
        report.sections().forEach(section -> lines.add("| " + section.title() + " | " + report.runOf(section) + " |"));
        lines.addAll(List.of("", "### Targets", "",
                report.outcome() + " The limit is what the same comparison comes to when the selector costs nothing, or no more than the system calls",
                "that nobody can save; each section says what it is.", ""));
        addTable(List.of("what", "who", "aim", "measured", "which is", "limit", "of the limit", "where (the worst)", "met"), report.verdicts().stream().map(verdict ->
                List.of(verdict.what(), verdict.subject(), verdict.aim(), Numbers.ofVerdict(verdict), Numbers.ofCompared(verdict), Numbers.ofMaybe(verdict.limit()),
                        Numbers.percent(verdict.ofLimit()), verdict.where(), verdict.word())).toList(), lines);
        lines.addAll(List.of("", "### Losses", "", report.lossesInWords(), ""));
        addTable(Loss.COLUMNS, report.losses().stream().map(Loss::cells).toList(), lines);
        for (Section section : report.sections()) {
            lines.addAll(List.of("", "### " + section.title(), "", section.text(), ""));
            Table table = Table.of(section);
            addTable(table.columns(), table.rows().stream().map(Table.Row::cells).toList(), lines);
        }
        if (!report.failures().isEmpty()) {
            lines.addAll(List.of("", "### Not measured, or not to be trusted", ""));
            report.failures().forEach(failure -> lines.add("- " + failure.text().replace('\n', ' ')));
        }
    }

    private static void addTable(List<String> columns, List<List<String>> rows, List<String> lines) {
        lines.add("| " + String.join(" | ", columns) + " |");
        lines.add("|" + String.join("|", Collections.nCopies(columns.size(), "---")) + "|");
        rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
    }
}
