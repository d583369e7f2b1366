// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import com.samskivert.mustache.Mustache;
import io.kevent.bench.plan.Metric;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The report as one page with its plots inside, which needs no network. */
public final class HtmlReport {
    private static final List<Metric> PLOTTED = List.of(Metric.TIME, Metric.RATE, Metric.CPU, Metric.P50, Metric.P99, Metric.P999,
            Metric.CALLS, Metric.CALLS_AT_SPEED, Metric.SWITCHES, Metric.BYTES, Metric.ALLOCATED, Metric.WAKEUPS, Metric.EMPTY_ACCEPTS);

    private HtmlReport() { }

    /**
     * Writes.
     *
     * @param report what to write
     * @param file where to
     * @throws IOException if that fails
     */
    public static void write(Report report, Path file) throws IOException {
        List<Map<String, Object>> sections = new ArrayList<>();
        for (Section section : report.sections()) {
            sections.add(Map.of("name", section.name(), "title", section.title(), "text", section.text(),
                    "plots", plots(section), "table", Table.of(section)));
        }
        Map<String, Object> page = Map.of("report", report, "sections", sections, "verdicts", report.verdicts().stream().map(HtmlReport::show).toList(),
                "lossColumns", Loss.COLUMNS, "losses", report.losses().stream().map(Loss::cells).toList(), "failed", !report.failures().isEmpty());
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (Reader template = new InputStreamReader(HtmlReport.class.getResourceAsStream("report.mustache"), StandardCharsets.UTF_8)) {
            Files.writeString(file, Mustache.compiler().compile(template).execute(page));
        }
    }

    private static Map<String, Object> show(Verdict verdict) {
        return Map.of("verdict", verdict, "word", verdict.word(), "style", verdict.met() == null ? "unknown" : verdict.met() ? "met" : "missed",
                "reached", Numbers.ofVerdict(verdict), "compared", Numbers.ofCompared(verdict), "limit", Numbers.ofMaybe(verdict.limit()), "ofLimit", Numbers.percent(verdict.ofLimit()));
    }

    private static List<Map<String, String>> plots(Section section) {
        List<Map<String, String>> plots = new ArrayList<>();
        for (Metric metric : PLOTTED) {
            IntervalPlot plot = new IntervalPlot(section, metric);
            if (plot.worthwhile()) {
                plots.add(Map.of("title", metric.title() + " per " + section.per(),
                        "data", Base64.getEncoder().encodeToString(plot.svg().getBytes(StandardCharsets.UTF_8))));
            }
        }
        return plots;
    }
}
