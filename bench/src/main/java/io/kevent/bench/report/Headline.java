// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a reader of the README sees of the reports: one plot, and a few figures, between two lines of that file. */
public final class Headline {
    /** The line of the README behind which the figures stand. */
    public static final String BEGIN = "<!-- written by the bench: begin -->";
    /** The line of the README before which they end. */
    public static final String END = "<!-- written by the bench: end -->";

    /**
     * One figure.
     *
     * @param what in words
     * @param measurement where it stands
     * @param scenario in which scenario
     * @param metric what is shown
     * @param subject whose
     */
    public record Figure(String what, String measurement, String scenario, Metric metric, Subject subject) { }

    private final List<Report> reports;

    /**
     * Prepares.
     *
     * @param reports of which the figures are shown, one JDK each
     */
    public Headline(List<Report> reports) {
        this.reports = List.copyOf(reports);
    }

    /**
     * Draws one metric of those scenarios of a measurement that end with the given words, of the last report that has them.
     *
     * @param measurement which
     * @param metric which
     * @param ending the end of the scenarios' names
     * @param file where to
     * @return whether there was something to draw
     * @throws IOException if the file cannot be written
     */
    public boolean draw(String measurement, Metric metric, String ending, Path file) throws IOException {
        Optional<IntervalPlot> plot = reports.stream().flatMap(report -> report.sections().stream()).filter(section -> section.name().equals(measurement))
                .map(section -> section.with(section.series().stream()
                        .filter(series -> series.scenario().endsWith(ending) && series.metric() == metric).toList()))
                .map(section -> new IntervalPlot(section, metric)).filter(IntervalPlot::worthwhile).reduce((first, second) -> second);
        if (plot.isPresent()) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, plot.get().svg());
        }
        return plot.isPresent();
    }

    /**
     * Puts the figures into a page, in place of those that stand there, how the targets came out, and what kevent falls short of.
     *
     * @param page the page, which holds the two lines
     * @param before what stands before the figures
     * @param figures which
     * @throws IOException if the page cannot be read or written, or does not hold the lines
     */
    public void insert(Path page, List<String> before, List<Figure> figures) throws IOException {
        List<String> lines = Files.readAllLines(page);
        int begin = lines.indexOf(BEGIN);
        int end = lines.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page.getFileName() + " has no lines \"" + BEGIN + "\" and \"" + END + "\" between which the figures could stand");
        }
        List<String> written = new ArrayList<>(lines.subList(0, begin + 1));
        written.addAll(before);
        written.add("");
        written.addAll(table(figures));
        written.add("");
        for (Report report : reports) {
            written.add("JDK " + report.machine().feature() + ": " + report.outcome());
            written.add("");
        }
        List<String> shortfalls = shortfalls();
        if (!shortfalls.isEmpty()) {
            written.addAll(shortfalls);
            written.add("");
        }
        written.addAll(lines.subList(end, lines.size()));
        Files.writeString(page, String.join("\n", written) + "\n");
    }

    /** A table with a row for each target that is missed on one of the JDKs, though its limit meets it there; empty if there is none. */
    private List<String> shortfalls() {
        List<List<String>> targets = reports.stream().flatMap(report -> report.shortfalls().stream()).map(Headline::target).distinct().toList();
        if (targets.isEmpty()) {
            return List.of();
        }
        String jdks = reports.stream().map(report -> " JDK " + report.machine().feature() + " |").collect(Collectors.joining());
        List<String> rows = new ArrayList<>(List.of("| missed, though its limit meets it | who | aim |" + jdks, "|---|---|---|" + "---|".repeat(reports.size())));
        targets.forEach(target -> rows.add("| " + String.join(" | ", target) + " |"
                + reports.stream().map(report -> " " + outcome(report, target) + " |").collect(Collectors.joining())));
        return rows;
    }

    private static List<String> target(Verdict verdict) {
        return List.of(verdict.what(), verdict.subject(), verdict.aim());
    }

    private static String outcome(Report report, List<String> target) {
        return report.verdicts().stream().filter(verdict -> target(verdict).equals(target)).findFirst().map(Headline::outcome).orElse("");
    }

    private static String outcome(Verdict verdict) {
        if (verdict.met() == null) {
            return "";
        }
        String reached = Numbers.of(verdict.reached());
        if (verdict.met()) {
            return reached + ", met";
        }
        return reached + " (" + verdict.where() + (verdict.missedByLimitToo() ? "; its limit misses it too" : "") + ")";
    }

    private List<String> table(List<Figure> figures) {
        List<String> rows = new ArrayList<>(List.of("| | JDK | who | kevent | the JDK's selector | kevent / JDK |", "|---|---|---|---|---|---|"));
        for (Figure figure : figures) {
            for (Report report : reports) {
                report.sections().stream().filter(section -> section.name().equals(figure.measurement())).findFirst()
                        .flatMap(section -> row(figure, report, section)).ifPresent(rows::add);
            }
        }
        return rows;
    }

    private static Optional<String> row(Figure figure, Report report, Section section) {
        Optional<Series> jdk = section.find(figure.scenario(), Subject.JDK, figure.metric());
        Optional<Series> own = section.find(figure.scenario(), figure.subject(), figure.metric());
        if (jdk.isEmpty() || own.isEmpty()) {
            return Optional.empty();
        }
        String unit = figure.metric().unit().isEmpty() ? "" : " " + figure.metric().unit();
        Summary ratio = own.get().toJdk();
        return Optional.of("| " + String.join(" | ", figure.what(), Integer.toString(report.machine().feature()), figure.subject().title(),
                Numbers.of(own.get().summary().median()) + unit, Numbers.of(jdk.get().summary().median()) + unit,
                ratio == null ? "" : Numbers.of(ratio.median())) + " |");
    }
}
