// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.demo;

import io.kevent.compat.demo.SystemCalls.Kind;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The closing table, what its columns mean, and what it comes to in a sentence. */
final class Report {
    private static final String ROW = "  %-38s %12s %12s %13s %14s";
    /** Closer than that is called the same. */
    private static final double SAME = 0.01;
    /** A difference that fewer of the rounds show is called none. */
    private static final double MOSTLY = 0.75;
    /** Rounds that lie farther apart than that deserve a warning. */
    private static final double UNEASY = 0.25;

    private final Contestant ours;
    private final Contestant jdk;
    private final String notCountable;
    private final PrintStream out;

    /** {@code notCountable} says why there are no system calls to show, and is null if there are. */
    Report(Contestant ours, Contestant jdk, String notCountable, PrintStream out) {
        this.ours = ours;
        this.jdk = jdk;
        this.notCountable = notCountable;
        this.out = out;
    }

    void print(Plan plan) {
        String title = ours.name() + " / " + jdk.name();
        row("", ours.name(), jdk.name(), title, "in the rounds");
        row("-".repeat(38), "-".repeat(12), "-".repeat(12), "-".repeat(13), "-".repeat(14));
        plainRow("requests answered", text("%,.0f", ours.requests()), text("%,.0f", jdk.requests()), "");
        plainRow("errors", text("%,.0f", ours.errors()), text("%,.0f", jdk.errors()), "");
        medianRow("requests per second", "%,.0f", round -> round.load().requestsPerSecond());
        medianRow("latency p50, µs", "%,.0f", round -> round.latencyMicros(50));
        medianRow("latency p99, µs", "%,.0f", round -> round.latencyMicros(99));
        medianRow("latency p99.9, µs", "%,.0f", round -> round.latencyMicros(99.9));
        plainRow("latency max, µs", text("%,.0f", highestLatency(ours)), text("%,.0f", highestLatency(jdk)), "");
        medianRow("server CPU per request, µs", "%.2f", Contestant.Round::cpuMicrosPerRequest);
        callRows();
        explain(plan);
        out.printf("%n%s%n", conclusion());
    }

    private void callRows() {
        if (notCountable != null) {
            out.printf("  %-38s %s%n", "system calls per request", notCountable);
            return;
        }
        callRow("selector calls per request", SystemCalls::selectorCalls);
        callRow("  of these epoll_ctl", calls -> calls.count(Kind.EPOLL_CTL));
        callRow("  of these epoll_wait", calls -> calls.count(Kind.EPOLL_WAIT));
        callRow("  of these poll", calls -> calls.count(Kind.POLL));
        callRow("  of these eventfd (wake-ups)", calls -> calls.count(Kind.EVENTFD));
        callRow("socket reads and writes per request", calls -> calls.count(Kind.SOCKET));
    }

    private void explain(Plan plan) {
        out.printf(Locale.ROOT, "%n  %s, %s: medians of %d round%s of %d s; requests, errors and the maximum are those of all rounds.%n"
            + "  %s / %s: the median of the ratios of neighbouring rounds; in the rounds: the least and the greatest of them.%n"
            + "  Latency: from sending a request to the last byte of its answer, with all %d connections busy.%n"
            + "  Server CPU: processor time, user and system, of the server's JVM.%n",
            ours.name(), jdk.name(), plan.rounds(), plan.rounds() == 1 ? "" : "s", plan.seconds(),
            ours.name(), jdk.name(), plan.connections());
        if (notCountable == null) {
            out.printf(Locale.ROOT, "  System calls: counted by strace in a round of its own, with %,d requests to %s and %,d to %s.%n",
                ours.counted().requests(), ours.name(), jdk.counted().requests(), jdk.name());
        }
        double spread = Math.max(rates(ours).spread(), rates(jdk).spread());
        if (spread > UNEASY) {
            out.printf(Locale.ROOT, "  The machine was uneasy: the rates of one server's rounds lie up to %.0f %% apart."
                + " Read the figures with care.%n", 100 * spread);
        }
    }

    private static double highestLatency(Contestant side) {
        return Figures.of(side.figures(round -> round.latencyMicros(100))).most();
    }

    private static Figures rates(Contestant side) {
        return Figures.of(side.figures(round -> round.load().requestsPerSecond()));
    }

    private void medianRow(String what, String format, ToDoubleFunction<Contestant.Round> figure) {
        double[] left = ours.figures(figure);
        double[] right = jdk.figures(figure);
        Figures ratios = Figures.ratios(left, right);
        row(what, text(format, Figures.of(left).median()), text(format, Figures.of(right).median()),
            text("%.2f", ratios.median()), text("%.2f", ratios.least()) + " to " + text("%.2f", ratios.most()));
    }

    private void callRow(String what, ToDoubleFunction<SystemCalls> figure) {
        double left = perRequest(ours, figure);
        double right = perRequest(jdk, figure);
        // a ratio to next to nothing says nothing
        plainRow(what, text("%.2f", left), text("%.2f", right), right < 0.005 ? "" : text("%.2f", left / right));
    }

    private static double perRequest(Contestant side, ToDoubleFunction<SystemCalls> figure) {
        return figure.applyAsDouble(side.counted().calls()) / side.counted().requests();
    }

    private void row(Object... cells) {
        out.println(String.format(ROW, cells).stripTrailing());
    }

    private void plainRow(String what, String left, String right, String ratio) {
        row(what, left, right, ratio, "");
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private String conclusion() {
        long errors = ours.errors() + jdk.errors();
        if (errors > 0) {
            String first = ours.firstError() == null ? jdk.name() + ": " + jdk.firstError() : ours.name() + ": " + ours.firstError();
            return "FAILED: " + errors + " errors, so the figures mean little. The first, on " + first;
        }
        StringBuilder sentence = new StringBuilder("With the selector of ").append(ours.name()).append(" in the place of the JDK's, Jetty answered ")
            .append(compare(ratios(round -> round.load().requestsPerSecond()), "more requests per second", "fewer requests per second",
                "about as many requests per second"))
            .append(", for ")
            .append(compare(ratios(Contestant.Round::cpuMicrosPerRequest), "more processor time", "less processor time",
                "about the same processor time"));
        if (notCountable == null) {
            double calls = perRequest(ours, SystemCalls::selectorCalls) / perRequest(jdk, SystemCalls::selectorCalls);
            sentence.append(" and ").append(compare(Figures.of(new double[] {calls}), "more selector calls", "fewer selector calls",
                "about as many selector calls"));
        }
        return sentence.append(String.format(Locale.ROOT, " per request; all %,d answers were right.", ours.requests() + jdk.requests())).toString();
    }

    private Figures ratios(ToDoubleFunction<Contestant.Round> figure) {
        return Figures.ratios(ours.figures(figure), jdk.figures(figure));
    }

    private static String compare(Figures ratio, String more, String less, String same) {
        double off = Math.abs(ratio.median() - 1);
        if (off < SAME) {
            return same;
        }
        if (ratio.agreement() < MOSTLY) {
            return same + " (the rounds disagree)";
        }
        String mostly = ratio.agreement() == 1 ? "" : "mostly ";
        return String.format(Locale.ROOT, "%s%.0f %% %s", mostly, 100 * off, ratio.median() > 1 ? more : less);
    }
}
