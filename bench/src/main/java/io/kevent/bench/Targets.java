// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench;

import io.kevent.bench.jmh.InterestMeasurement;
import io.kevent.bench.jmh.ReadyMeasurement;
import io.kevent.bench.jmh.WakeupMeasurement;
import io.kevent.bench.plan.Measurement;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.pool.PoolMeasurement;
import io.kevent.bench.report.Report;
import io.kevent.bench.report.Section;
import io.kevent.bench.report.Target;
import io.kevent.bench.report.Target.Comparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** What the project aims at. The JDK's selector is one, in the same run. */
final class Targets {
    private static final Pattern EVERYWHERE = Pattern.compile("");
    // with pauses there is nothing to gain but time
    private static final Pattern EVERY_SERVER = Pattern.compile("connections?$");
    private static final Pattern JETTY_AT_64 = Pattern.compile("^Jetty, 64 connections$");
    private static final Pattern TOMCAT = Pattern.compile("^Tomcat, \\d+ connections?$");
    private static final Pattern FEW_READY = Pattern.compile("^(?!1 ready)");
    /** What the JVM itself allocates once in a while, for the thread that works, is seen in what should be zero. */
    private static final double NOTHING = 0.05;

    private final List<Target> all = new ArrayList<>();

    private Targets() { }

    private static List<Target> all() {
        Targets targets = new Targets();
        targets.seed();
        targets.parts();
        targets.pool();
        targets.servers();
        return List.copyOf(targets.all);
    }

    /** What was measured, in the order of the measurements, with the limits that follow from it, and how the targets as they are now came out. */
    static Report judge(Report measured) {
        List<String> order = Measurements.all().stream().map(Measurement::name).toList();
        List<Section> inOrder = measured.sections().stream().sorted(Comparator.comparingInt(section -> order.indexOf(section.name()))).toList();
        List<Section> sections = ServerLimit.added(inOrder, measured.machine().cores());
        return new Report(measured.machine(), measured.mode(), measured.started(), measured.seconds(), measured.others(), measured.stolen(),
                all().stream().map(target -> target.judge(sections)).toList(), sections, measured.failures());
    }

    private void seed() {
        for (Subject subject : List.of(Subject.KEVENT_EDGE, Subject.QUEUE_EDGE)) {
            events("socket events, with EDGE", subject, Subject.MAXIMUM, 0.95);
            events("socket events, with EDGE", subject, Subject.JDK, 1);
            events("socket events, with EDGE", subject, Subject.NETTY_EPOLL, 1);
        }
        events("socket events, level", Subject.KEVENT, Subject.JDK, 1);
    }

    /** The maximum never sleeps, so that it is no limit of what does. */
    private void events(String what, Subject subject, Subject reference, double bound) {
        all.add(new Target(what, "seed", EVERYWHERE, Metric.RATE, subject, reference, Comparison.TIMES_BETTER, bound).limitedBy(Subject.BARE_EPOLL));
    }

    private void parts() {
        for (Subject subject : List.of(Subject.KEVENT, Subject.AGENT)) {
            times("interest off and on within one turn", "interest", InterestMeasurement.WITHIN_TURN, Metric.TIME, subject, Subject.JDK, 20);
            times("interest off and on with a select between", "interest", InterestMeasurement.SELECT_BETWEEN, Metric.TIME, subject, Subject.JDK, 5);
        }
        times("wakeup of a busy selector", "wakeup", WakeupMeasurement.BUSY, Metric.TIME, Subject.KEVENT, Subject.JDK, 30);
        times("wakeup of a blocked selector", "wakeup", WakeupMeasurement.BLOCKED, Metric.TIME, Subject.KEVENT, Subject.JDK, 1.2);
        add("select and iterate, K >= " + ReadyMeasurement.FEW, "ready", FEW_READY, Metric.TIME, Subject.KEVENT, Subject.JDK, Comparison.TIMES_BETTER, 1.5);
        String among10 = ReadyMeasurement.scenario(ReadyMeasurement.FEW, 10);
        Pattern among19000 = Pattern.compile(Pattern.quote(ReadyMeasurement.scenario(ReadyMeasurement.FEW, 19_000)) + "$");
        all.add(new Target("select and iterate, N = 19,000 as N = 10", "ready", among19000, Metric.TIME, Subject.KEVENT, Subject.KEVENT, among10,
                Comparison.PART_OF, 1.1, Subject.LIMIT));
        add("register and cancel churn", "churn", EVERYWHERE, Metric.TIME, Subject.KEVENT, Subject.JDK, Comparison.TIMES_BETTER, 1.2);
        add("bytes allocated per select and event", "ready", EVERYWHERE, Metric.ALLOCATED, Subject.KEVENT, null, Comparison.VALUE, NOTHING);
        add("bytes kept per key", "memory", EVERYWHERE, Metric.BYTES, Subject.KEVENT, Subject.JDK, Comparison.PART_OF, 0.5);
        add("bytes kept per key", "memory", EVERYWHERE, Metric.BYTES, Subject.AGENT, Subject.JDK, Comparison.PART_OF, 0.5);
    }

    private void pool() {
        Pattern fast = Pattern.compile("^" + PoolMeasurement.FAST);
        Pattern fixed = Pattern.compile("^" + PoolMeasurement.FIXED);
        Pattern high = Pattern.compile("^" + PoolMeasurement.HIGH);
        add("thread pool echo, requests per second", "pool", fast, Metric.RATE, Subject.QUEUE, Subject.JDK, Comparison.TIMES_BETTER, 1.5);
        add("thread pool echo, requests per second", "pool", fast, Metric.RATE, Subject.QUEUE, Subject.NETTY_EPOLL, Comparison.TIMES_BETTER, 1);
        add("thread pool echo, p99 at a fixed rate", "pool", fixed, Metric.P99, Subject.QUEUE, Subject.JDK, Comparison.PART_OF, 0.5);
        add("thread pool echo, p99 at a fixed high rate", "pool", high, Metric.P99, Subject.QUEUE, Subject.JDK, Comparison.PART_OF, 0.5);
        add("wake-ups per connection with WAKE_ONE", "herd", EVERYWHERE, Metric.WAKEUPS, Subject.KEVENT_WAKE_ONE, null, Comparison.VALUE, 1.05);
    }

    private void servers() {
        String calls = "selector system calls per request";
        add(calls + ", Jetty at 64", "servers", JETTY_AT_64, Metric.CALLS, Subject.AGENT, null, Comparison.VALUE, 0.05);
        add(calls + ", Jetty at 64", "servers", JETTY_AT_64, Metric.CALLS, Subject.KEVENT, null, Comparison.VALUE, 0.20);
        for (Subject subject : List.of(Subject.KEVENT, Subject.AGENT)) {
            // under strace Tomcat's poller gets hardly a turn, and what others call is next to nothing: a ratio of two such counts says nothing
            add(calls + " at full speed, Tomcat", "servers", TOMCAT, Metric.CALLS_AT_SPEED, subject, Subject.JDK, Comparison.PART_OF, 0.5);
            add(calls + " at full speed, every server", "servers", EVERY_SERVER, Metric.CALLS_AT_SPEED, subject, Subject.JDK, Comparison.PART_OF, 1);
            costs("servers", "", subject);
        }
        // the agent makes all selectors of its JVM kevent's
        costs("twins", ", both in one JVM", Subject.KEVENT);
    }

    private void costs(String measurement, String how, Subject subject) {
        add("CPU per request, Jetty at 64" + how, measurement, JETTY_AT_64, Metric.CPU, subject, Subject.JDK, Comparison.PART_OF, 0.8);
        add("requests per second, Jetty at 64" + how, measurement, JETTY_AT_64, Metric.RATE, subject, Subject.JDK, Comparison.TIMES_BETTER, 1.1);
        add("CPU per request, Tomcat" + how, measurement, TOMCAT, Metric.CPU, subject, Subject.JDK, Comparison.PART_OF, 0.9);
        add("CPU per request, every server" + how, measurement, EVERY_SERVER, Metric.CPU, subject, Subject.JDK, Comparison.PART_OF, 1);
    }

    private void times(String what, String measurement, String scenario, Metric metric, Subject subject, Subject reference, double bound) {
        add(what, measurement, Pattern.compile(Pattern.quote(scenario)), metric, subject, reference, Comparison.TIMES_BETTER, bound);
    }

    private void add(String what, String measurement, Pattern scenarios, Metric metric, Subject subject, Subject reference, Comparison comparison,
            double bound) {
        all.add(new Target(what, measurement, scenarios, metric, subject, reference, comparison, bound));
    }
}
