// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench;

import io.kevent.bench.jmh.InterestMeasurement;
import io.kevent.bench.jvm.Site;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.pool.PoolMeasurement;
import io.kevent.bench.report.Headline;
import io.kevent.bench.report.Headline.Figure;
import io.kevent.bench.report.Headline.Form;
import io.kevent.bench.report.HtmlReport;
import io.kevent.bench.report.JsonReport;
import io.kevent.bench.report.MarkdownReport;
import io.kevent.bench.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files that a run leaves. */
final class Output {
    private static final Path DOCS = Site.root().resolve("docs");
    private static final Path KEPT = DOCS.resolve("benchmarks");

    private final Path directory;

    Output(Path directory) {
        this.directory = directory;
    }

    /** Writes the report of a run, and if it is to be kept adds it to the project's documents. */
    List<Path> write(Report report, boolean keep) throws IOException {
        String name = name(report);
        Path page = directory.resolve(name + ".html");
        Path json = directory.resolve(name + ".json");
        Path table = directory.resolve(name + ".md");
        // first what the others can be made from: a run takes long
        JsonReport.write(report, json);
        HtmlReport.write(report, page);
        MarkdownReport.write(List.of(report), table);
        List<Path> written = new ArrayList<>(List.of(page, json, table));
        if (keep) {
            written.addAll(keep(report));
        }
        return written;
    }

    /** Takes what another run has measured into what was kept of the same JDK, and writes the documents anew. */
    static List<Path> add(Path json) throws IOException {
        if (!Files.isReadable(json)) {
            throw new IOException(json + " cannot be read: the JSON of a report is wanted, as a run leaves it");
        }
        Report later = JsonReport.read(json);
        Path kept = kept(later);
        if (!Files.exists(kept)) {
            throw new IOException("nothing was kept of JDK " + later.machine().feature() + " that it could be added to: a full run leaves " + kept);
        }
        return keep(Targets.judge(JsonReport.read(kept).with(later)));
    }

    private static List<Path> keep(Report report) throws IOException {
        Path kept = kept(report);
        JsonReport.write(report, kept);
        List<Path> written = new ArrayList<>(List.of(kept));
        written.addAll(writePages());
        return written;
    }

    private static Path kept(Report report) {
        return KEPT.resolve(name(report) + ".json");
    }

    private static String name(Report report) {
        return "jdk-" + report.machine().feature();
    }

    /** Writes the project's documents: one page for all JDKs, from what was kept of each. */
    static List<Path> writePages() throws IOException {
        List<Report> all = allKept();
        Path page = DOCS.resolve("benchmarks.md");
        MarkdownReport.write(all, page);
        List<Path> written = new ArrayList<>(List.of(page));
        written.addAll(headline(new Headline(all)));
        return written;
    }

    private static List<Path> headline(Headline headline) throws IOException {
        Path plot = KEPT.resolve("headline.svg");
        if (!headline.draw("servers", Metric.CALLS_AT_SPEED, ", 64 connections", plot)) {
            return List.of();
        }
        Path readme = Site.root().resolve("README.md");
        String jetty = "Jetty, 64 connections";
        headline.insert(readme, List.of("![Selector system calls per request of four servers, at full speed](docs/benchmarks/headline.svg)"), List.of(
                new Figure(jetty + ": selector system calls per request, at full speed, with the agent", "servers", jetty, Metric.CALLS_AT_SPEED, Subject.AGENT,
                        Form.INSTEAD_OF),
                new Figure(jetty + ": CPU per request, a server on each selector in one JVM, as a part of the JDK's", "twins", jetty, Metric.CPU, Subject.KEVENT,
                        Form.PART_OF),
                new Figure("Interest off and on again, with a select between: times as fast", "interest", InterestMeasurement.SELECT_BETWEEN, Metric.TIME,
                        Subject.KEVENT, Form.TIMES),
                new Figure("Echo by 8 threads on a `KeventQueue`: times the requests of selector and executor", "pool", PoolMeasurement.FAST + ", 8 workers",
                        Metric.RATE, Subject.QUEUE, Form.TIMES)));
        return List.of(plot, readme);
    }

    private static List<Report> allKept() throws IOException {
        List<Report> reports = new ArrayList<>();
        try (Stream<Path> files = Files.list(KEPT)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
                // by the targets of today
                reports.add(Targets.judge(JsonReport.read(file)));
            }
        }
        reports.sort(Comparator.comparingInt(report -> report.machine().feature()));
        return reports;
    }
}
