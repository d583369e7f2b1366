// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.plan.Failure;
import io.kevent.bench.plan.Measurement;
import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Results;
import io.kevent.bench.plan.Steal;
import io.kevent.bench.plan.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * All of it.
 *
 * @param machine where it was measured
 * @param mode how: quick or full, and how many rounds
 * @param started when, in UTC
 * @param seconds how long it took
 * @param others how many processors others kept busy before it began and after it had ended; null in reports of before this was looked at
 * @param stolen which part of the processors' time the host took away in the turns that count; null in reports of before this was looked at
 * @param verdicts the targets, and how they came out
 * @param sections the figures
 * @param failures what could not be measured, and why
 */
public record Report(Machine machine, String mode, String started, long seconds, List<Double> others, Double stolen, List<Verdict> verdicts, List<Section> sections,
        List<Failure> failures) {
    private static final double QUIET = 0.2;

    /**
     * Sums up what the rounds came to.
     *
     * @param measurements those that were run
     * @param results what they came to
     * @return the sections
     */
    public static List<Section> sections(List<Measurement> measurements, Results results) {
        List<Section> sections = new ArrayList<>();
        for (Measurement measurement : measurements) {
            List<Series> series = new ArrayList<>();
            results.values().forEach((key, values) -> {
                if (key.measurement().equals(measurement.name())) {
                    series.add(series(key, values, results));
                }
            });
            if (!series.isEmpty()) {
                sections.add(new Section(measurement.name(), measurement.title(), measurement.about(), measurement.per(), series));
            }
        }
        return sections;
    }

    /**
     * Whether others were at work, so that times mean little.
     *
     * @return whether they were seen, or the host took much away
     */
    public boolean disturbed() {
        return others != null && others.stream().anyMatch(Report::disturbs) || stolen != null && stolen > Steal.MUCH;
    }

    /**
     * Which run the figures of a section are of.
     *
     * @param section one of this report's
     * @return commit, kernel, how and when
     */
    public String runOf(Section section) {
        return section.origin() == null ? run() : section.origin();
    }

    private String run() {
        return "commit " + machine.commit() + ", " + machine.kernel() + ", " + mode + ", " + started + stolenInWords();
    }

    /**
     * What the host took away, in words.
     *
     * @return a part of a sentence, with a comma before it; empty if that was not looked at
     */
    public String stolenInWords() {
        return stolen == null ? "" : String.format(Locale.ROOT, ", the host took %.1f %% of the processors' time", 100 * stolen);
    }

    /**
     * Whether others that use so much disturb.
     *
     * @param processors how many they keep busy
     * @return whether it is more than what a machine does by itself
     */
    public static boolean disturbs(double processors) {
        return processors > QUIET;
    }

    /**
     * How the targets came out, all of them.
     *
     * @return a sentence or two
     */
    public String outcome() {
        long measured = verdicts.stream().filter(verdict -> verdict.met() != null).count();
        long met = verdicts.stream().filter(verdict -> Boolean.TRUE.equals(verdict.met())).count();
        long beyond = verdicts.stream().filter(Verdict::missedByLimitToo).count();
        long reachable = verdicts.stream().filter(Verdict::fallsShort).count();
        long perhaps = verdicts.stream().filter(Verdict::missedPerhapsByLimitToo).count();
        return met + " of " + measured + " targets are met. Of the others " + beyond + " are missed by their limit as well, with " + perhaps
                + " the limit is too close to tell, and " + reachable + " could be met.";
    }

    /**
     * What kevent loses, whatever was aimed at.
     *
     * @return all figures that were worse than those of the JDK's selector
     */
    public List<Loss> losses() {
        return sections.stream().flatMap(section -> Loss.of(section).stream()).toList();
    }

    /**
     * Puts what another run has measured in the place of what is here: whole measurements, each of which was measured in one run.
     *
     * @param later of a run on the same machine, of the same JDK
     * @return both in one, not judged yet; of what is taken in it says of which run and commit it is, and of which kernel if that is another
     * @throws IllegalArgumentException if it is of another machine or JDK, or has less than what it would replace
     */
    public Report with(Report later) {
        if (!machine.isComparableWith(later.machine)) {
            throw new IllegalArgumentException("what was measured on " + later.machine + " does not belong to what was measured on " + machine);
        }
        // where the first run did not look it is not known of the whole
        Double most = stolen == null || later.stolen == null ? stolen : Double.valueOf(Math.max(stolen, later.stolen));
        Map<String, Section> all = new LinkedHashMap<>();
        sections.forEach(section -> all.put(section.name(), section));
        for (Section section : later.sections) {
            Section before = all.put(section.name(), section.of(later.run()));
            if (before != null && !section.covers(before)) {
                throw new IllegalArgumentException("not all scenarios and rows of " + section.name() + " were measured: the others would be lost");
            }
        }
        List<Failure> failed = new ArrayList<>(failures);
        failed.removeIf(failure -> later.sections.stream().anyMatch(section -> section.name().equals(failure.measurement())));
        failed.addAll(later.failures);
        List<Double> busiest = others == null || later.others == null ? null
                : IntStream.range(0, others.size()).mapToObj(i -> Math.max(others.get(i), later.others.get(i))).toList();
        return new Report(machine, mode, started, seconds + later.seconds, busiest, most, List.of(), List.copyOf(all.values()), failed);
    }

    /**
     * What kevent loses, of how much.
     *
     * @return a sentence or two
     */
    public String lossesInWords() {
        List<Loss> losses = losses();
        long compared = sections.stream().mapToLong(Loss::compared).sum();
        return "Of " + compared + " figures that were compared with those of the JDK's selector " + losses.size() + " are worse: " + Loss.Turns.ALL.in(losses)
                + " in every turn, and by more than " + Numbers.percent(Loss.NOISE) + " in the median " + Loss.Turns.MOST.in(losses) + " in three quarters of the turns and "
                + Loss.Turns.HALF.in(losses) + " in half of them, which may be chance.";
    }

    private static Series series(Results.Key key, List<Double> values, Results results) {
        Metric metric = key.metric();
        List<Double> jdk = results.values().get(new Results.Key(key.measurement(), key.scenario(), Subject.JDK, metric));
        return new Series(key.scenario(), key.subject(), metric, metric.unit(), List.copyOf(values), Summary.of(values),
                jdk == null ? null : Summary.ofRatios(values, jdk));
    }
}
