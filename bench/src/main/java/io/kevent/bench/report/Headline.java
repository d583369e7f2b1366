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
     * @param form how it is compared with that of the JDK's selector
     */
    public record Figure(String what, String measurement, String scenario, Metric metric, Subject subject, Form form) { }

    /** How two figures are put side by side. */
    public enum Form {
        /** The one and the other. */
        INSTEAD_OF,
        /** Which part the one is of the other. */
        PART_OF,
        /** How many times better the one is. */
        TIMES
    }

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
     * Puts the figures into a page, in place of those that stand there, and how the targets came out.
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
        written.addAll(lines.subList(end, lines.size()));
        Files.writeString(page, String.join("\n", written) + "\n");
    }

    private List<String> table(List<Figure> figures) {
        String jdks = reports.stream().map(report -> " JDK " + report.machine().feature() + " |").collect(Collectors.joining());
        List<String> rows = new ArrayList<>(List.of("| kevent, compared with the JDK's selector |" + jdks, "|---|" + "---|".repeat(reports.size())));
        for (Figure figure : figures) {
            rows.add("| " + figure.what() + " |" + reports.stream().map(report -> " " + cell(figure, report) + " |").collect(Collectors.joining()));
        }
        return rows;
    }

    /** Nothing if it was not measured. */
    private static String cell(Figure figure, Report report) {
        return report.sections().stream().filter(section -> section.name().equals(figure.measurement())).findFirst()
                .flatMap(section -> section.find(figure.scenario(), Subject.JDK, figure.metric())
                        .flatMap(jdk -> section.find(figure.scenario(), figure.subject(), figure.metric()).map(own -> cell(figure, own, jdk))))
                .orElse("");
    }

    private static String cell(Figure figure, Series own, Series jdk) {
        String unit = figure.metric().unit().isEmpty() ? "" : " " + figure.metric().unit();
        if (figure.form() == Form.INSTEAD_OF) {
            return Numbers.of(own.summary().median()) + unit + " instead of " + Numbers.of(jdk.summary().median()) + unit;
        }
        boolean upsideDown = figure.form() == Form.TIMES && !figure.metric().moreIsBetter();
        Summary ratio = upsideDown ? Summary.ofRatios(jdk.values(), own.values()) : Summary.ofRatios(own.values(), jdk.values());
        return ratio == null ? "" : Numbers.of(ratio.median()) + " (" + Numbers.of(ratio.least()) + " to " + Numbers.of(ratio.most()) + ")";
    }
}
