// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

import io.kevent.bench.plan.Trial.Repetition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RoundsTest {
    private static final double SECONDS = 1;
    private static final double SPARE = 2 * SECONDS;

    private final List<String> events = new ArrayList<>();
    private final Results results = new Results();
    private Optional<String> disturbance = Optional.empty();
    private boolean stays;
    private double[] stolen = {};
    private int looks;
    private int runs;

    @Test
    void trialsTakeTurnsAndTheFirstOneChanges() {
        run(1, new Block("scenario", List.of(trial(Subject.JDK, Repetition.EACH_TURN, false), trial(Subject.KEVENT, Repetition.EACH_TURN, false)), 2));
        assertEquals(List.of("open JDK", "open KEVENT", "JDK", "KEVENT", "KEVENT", "JDK", "close JDK", "close KEVENT"), events);
    }

    @Test
    void firstOneChangesFromRoundToRoundAmongTheTurnsThatCount() {
        stays = true;
        run(2, trial(Subject.JDK, Repetition.EACH_TURN, false), trial(Subject.KEVENT, Repetition.EACH_TURN, false));
        List<String> first = List.of("open JDK", "open KEVENT", "looked", "KEVENT", "JDK", "JDK", "KEVENT", "close JDK", "close KEVENT");
        List<String> second = List.of("open JDK", "open KEVENT", "looked", "JDK", "KEVENT", "KEVENT", "JDK", "close JDK", "close KEVENT");
        assertEquals(Stream.concat(first.stream(), second.stream()).toList(), events);
    }

    @Test
    void eachRoundOpensThemAnew() {
        run(2, trial(Subject.JDK, Repetition.EACH_TURN, false));
        assertEquals(List.of("open JDK", "JDK", "close JDK", "open JDK", "JDK", "close JDK"), events);
    }

    @Test
    void countsAreTakenOnce() {
        run(3, new Block("scenario", List.of(trial(Subject.JDK, Repetition.ONCE, false)), 2));
        assertEquals(List.of("open JDK", "JDK", "close JDK"), events);
    }

    @Test
    void whatIsOfEachRoundComesInItsLastTurn() {
        run(2, new Block("scenario", List.of(trial(Subject.JDK, Repetition.EACH_ROUND, false), trial(Subject.KEVENT, Repetition.EACH_TURN, false)), 2));
        List<String> first = List.of("open JDK", "open KEVENT", "KEVENT", "KEVENT", "JDK", "close JDK", "close KEVENT");
        List<String> second = List.of("open JDK", "open KEVENT", "KEVENT", "JDK", "KEVENT", "close JDK", "close KEVENT");
        assertEquals(Stream.concat(first.stream(), second.stream()).toList(), events);
    }

    @Test
    void firstTurnOfWhatLivesBetweenTheTurnsDoesNotCount() {
        stays = true;
        run(2, new Block("scenario", List.of(trial(Subject.JDK, Repetition.EACH_TURN, false)), 2));
        assertEquals(2 * 3, Collections.frequency(events, "JDK"));
        assertEquals(2 * 2, results.values().get(new Results.Key("name", "scenario", Subject.JDK, Metric.TIME)).size());
    }

    @Test
    void oneThatFailsIsReportedAndLeavesTheOthersAlone() {
        run(2, trial(Subject.JDK, Repetition.EACH_TURN, true), trial(Subject.KEVENT, Repetition.EACH_TURN, false));
        assertEquals(List.of("open JDK", "open KEVENT", "JDK", "KEVENT", "close JDK", "close KEVENT", "open KEVENT", "KEVENT", "close KEVENT"), events);
        assertEquals(1, results.failures().size());
        String text = results.failures().get(0).text();
        assertTrue(text.endsWith("the cause"), text);
        assertEquals(2, results.values().get(new Results.Key("name", "scenario", Subject.KEVENT, Metric.TIME)).size());
    }

    @Test
    void shortTrialsHaveSeveralTurnsInARound() {
        run(2, new Block("scenario", List.of(trial(Subject.JDK, Repetition.EACH_TURN, false)), 3));
        assertEquals(6, Collections.frequency(events, "JDK"));
    }

    @Test
    void scenariosOfABlockTakeTurns() {
        Map<String, List<Trial>> scenarios = new LinkedHashMap<>();
        scenarios.put("few", List.of(trial(Subject.JDK, Repetition.EACH_TURN, false)));
        scenarios.put("many", List.of(trial(Subject.KEVENT, Repetition.EACH_TURN, false)));
        run(1, new Block(scenarios, 2));
        assertEquals(List.of("open JDK", "open KEVENT", "JDK", "KEVENT", "KEVENT", "JDK", "close JDK", "close KEVENT"), events);
        assertEquals(2, results.values().get(new Results.Key("name", "few", Subject.JDK, Metric.TIME)).size());
        assertEquals(2, results.values().get(new Results.Key("name", "many", Subject.KEVENT, Metric.TIME)).size());
    }

    @Test
    void whatDisturbsWhileNobodyHasATurnIsReported() {
        disturbance = Optional.of("1.0 processors are busy");
        stays = true;
        run(1, trial(Subject.JDK, Repetition.EACH_TURN, false));
        assertEquals(List.of(new Failure("name", "name: scenario, while nobody has a turn: 1.0 processors are busy")), results.failures());
        assertEquals(List.of("open JDK", "looked", "JDK", "JDK", "close JDK"), events);
    }

    @Test
    void thatIsNotLookedAtWhereNothingLivesBetweenTheTurns() {
        disturbance = Optional.of("1.0 processors are busy");
        run(1, trial(Subject.JDK, Repetition.EACH_TURN, false));
        assertEquals(List.of(), results.failures());
    }

    @Test
    void turnIsMeasuredAgainIfTheHostTookTimeAway() {
        stolen = new double[] {0.2, 0};
        run(1, trial(Subject.JDK, Repetition.EACH_TURN, false), trial(Subject.KEVENT, Repetition.EACH_TURN, false));
        assertEquals(List.of("open JDK", "open KEVENT", "JDK", "again", "JDK", "KEVENT", "close JDK", "close KEVENT"), events);
        assertEquals(1, results.values().get(new Results.Key("name", "scenario", Subject.JDK, Metric.TIME)).size());
    }

    @Test
    void noTurnIsMeasuredAgainOnceNoTimeIsLeftForIt() {
        stolen = new double[] {0.3, 0.2, 0.4, 0.6};
        run(2, trial(Subject.JDK, Repetition.EACH_TURN, false));
        assertEquals(List.of("open JDK", "JDK", "again", "JDK", "again", "JDK", "close JDK", "open JDK", "JDK", "close JDK"), events);
        assertEquals(List.of(2.0, 4.0), results.values().get(new Results.Key("name", "scenario", Subject.JDK, Metric.TIME)), "the least disturbed ones");
        assertEquals(0.4, results.stolen());
    }

    @Test
    void countsAreNotTakenAgain() {
        stolen = new double[] {0.2};
        run(1, trial(Subject.JDK, Repetition.ONCE, false));
        assertEquals(List.of("open JDK", "JDK", "close JDK"), events);
    }

    private DoubleSupplier steal() {
        return () -> looks < stolen.length ? stolen[looks++] : 0;
    }

    private Optional<String> look() {
        events.add("looked");
        return disturbance;
    }

    private void run(int rounds, Trial... trials) {
        run(rounds, new Block("scenario", List.of(trials)));
    }

    private void run(int rounds, Block block) {
        new Rounds(rounds, new Silent(), this::look, this::steal, SPARE).run(new Named(), block, results);
    }

    private Trial trial(Subject subject, Repetition repetition, boolean failing) {
        return new Trial() {
            @Override
            public Subject subject() {
                return subject;
            }

            @Override
            public double seconds() {
                return SECONDS;
            }

            @Override
            public Repetition repetition() {
                return repetition;
            }

            @Override
            public boolean stays() {
                return stays;
            }

            @Override
            public void open() {
                events.add("open " + subject);
            }

            @Override
            public Sample run() {
                events.add(subject.name());
                if (failing) {
                    throw new IllegalStateException("the wrapping", new IllegalStateException("the cause\nand more"));
                }
                return Sample.of(Metric.TIME, ++runs);
            }

            @Override
            public void close() {
                events.add("close " + subject);
            }
        };
    }

    private final class Silent implements Watcher {
        @Override
        public void begins(String what, double seconds) { }

        @Override
        public void ends(String what, Sample sample) { }

        @Override
        public void again(String what, double stolen) {
            events.add("again");
        }

        @Override
        public void failed(String what, String why) { }
    }

    private static final class Named implements Measurement {
        @Override
        public String name() {
            return "name";
        }

        @Override
        public String title() {
            return "";
        }

        @Override
        public String about() {
            return "";
        }

        @Override
        public String per() {
            return "";
        }

        @Override
        public List<Block> blocks(Setting setting) {
            return List.of();
        }
    }
}
