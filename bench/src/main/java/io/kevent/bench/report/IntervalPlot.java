// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Rectangle;
import java.awt.geom.Ellipse2D;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.svg.SVGGraphics2D;

/** One metric of a section: scenarios from top to bottom, a dot for each median, and a line from the least to the most of its rounds. */
final class IntervalPlot {
    /** One for each subject, in their order. */
    private static final Color[] COLOURS = {
        new Color(0x55, 0x55, 0x55), new Color(0x1b, 0x7f, 0x3b), new Color(0x5f, 0xb5, 0x2a), new Color(0x0f, 0x9b, 0x8e), new Color(0x0f, 0x5c, 0x9b),
        new Color(0xc2, 0x3b, 0x22), new Color(0xe0, 0x7b, 0x00), new Color(0x8a, 0x4b, 0xb5), new Color(0xb5, 0x4b, 0x8a), new Color(0x8c, 0x6a, 0x4f),
        new Color(0x99, 0x99, 0x00), new Color(0x00, 0x00, 0x00)};
    private static final int WIDTH = 960;
    private static final int HEIGHT_OF_FRAME = 110;
    private static final int HEIGHT_OF_DOT = 11;
    private static final double DOT = 8;
    /** Beyond that a linear axis would hide the small ones. */
    private static final double WIDE = 20;
    private static final double ROOM = 0.7;

    private final Section section;
    private final Metric metric;

    IntervalPlot(Section section, Metric metric) {
        this.section = section;
        this.metric = metric;
    }

    /** Whether there are at least two to compare, and something to see. */
    boolean worthwhile() {
        return mine().size() > 1 && mine().stream().anyMatch(series -> series.summary().median() > 0);
    }

    private List<Series> mine() {
        return section.series().stream().filter(series -> series.metric() == metric).toList();
    }

    String svg() {
        List<String> scenarios = mine().stream().map(Series::scenario).distinct().toList();
        XYPlot plot = new XYPlot(new XYIntervalSeriesCollection(), scenarioAxis(scenarios), valueAxis(), renderer());
        plot.setDataset(dots(scenarios));
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(new Color(0xdd, 0xdd, 0xdd));
        plot.setDomainGridlinesVisible(false);
        plot.setOutlineVisible(false);
        JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        chart.setBackgroundPaint(Color.WHITE);
        chart.getLegend().setPosition(RectangleEdge.TOP);
        chart.getLegend().setFrame(org.jfree.chart.block.BlockBorder.NONE);
        int height = HEIGHT_OF_FRAME + scenarios.size() * (HEIGHT_OF_DOT * section.subjects().size() + HEIGHT_OF_DOT);
        SVGGraphics2D graphics = new SVGGraphics2D(WIDTH, height);
        chart.draw(graphics, new Rectangle(WIDTH, height));
        return graphics.getSVGElement();
    }

    private XYIntervalSeriesCollection dots(List<String> scenarios) {
        XYIntervalSeriesCollection dots = new XYIntervalSeriesCollection();
        List<Subject> subjects = section.subjects();
        for (int i = 0; i < subjects.size(); i++) {
            XYIntervalSeries one = new XYIntervalSeries(subjects.get(i).title());
            // side by side about the scenario's line
            double shift = subjects.size() == 1 ? 0 : ROOM * (i / (subjects.size() - 1.0) - 0.5);
            for (int line = 0; line < scenarios.size(); line++) {
                double place = line + shift;
                section.find(scenarios.get(line), subjects.get(i), metric).map(Series::summary).ifPresent(summary ->
                        one.add(place, place, place, summary.median(), summary.least(), summary.most()));
            }
            dots.addSeries(one);
        }
        return dots;
    }

    static Color colour(Subject subject) {
        return COLOURS[subject.ordinal()];
    }

    private XYErrorRenderer renderer() {
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDrawXError(false);
        renderer.setErrorStroke(new BasicStroke(2f));
        renderer.setCapLength(0);
        List<Subject> subjects = section.subjects();
        for (int i = 0; i < subjects.size(); i++) {
            renderer.setSeriesPaint(i, colour(subjects.get(i)));
            renderer.setSeriesShape(i, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
        }
        return renderer;
    }

    private static SymbolAxis scenarioAxis(List<String> scenarios) {
        SymbolAxis axis = new SymbolAxis(null, scenarios.toArray(String[]::new));
        axis.setRange(-0.5, scenarios.size() - 0.5);
        axis.setInverted(true);
        axis.setGridBandsVisible(true);
        axis.setGridBandPaint(new Color(0xf4, 0xf4, 0xf4));
        axis.setTickLabelFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        return axis;
    }

    private ValueAxis valueAxis() {
        String title = metric.title() + (metric.unit().isEmpty() ? "" : ", " + metric.unit());
        double least = mine().stream().mapToDouble(series -> series.summary().least()).min().orElse(0);
        double most = mine().stream().mapToDouble(series -> series.summary().most()).max().orElse(1);
        if (least > 0 && most > WIDE * least) {
            LogAxis axis = new LogAxis(title);
            axis.setRange(least / 1.5, most * 1.5);
            axis.setNumberFormatOverride(java.text.NumberFormat.getIntegerInstance(java.util.Locale.ROOT));
            if (least < 1) {
                axis.setNumberFormatOverride(new java.text.DecimalFormat("0.###", java.text.DecimalFormatSymbols.getInstance(java.util.Locale.ROOT)));
            }
            return axis;
        }
        NumberAxis axis = new NumberAxis(title);
        axis.setRange(0, most > 0 ? most * 1.1 : 1);
        return axis;
    }
}
