// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

import io.kevent.bench.plan.Trial.Repetition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class BlockTest {

    @Test
    void onlyTheWantedScenariosAreLeft() {
        Map<String, List<Trial>> scenarios = new LinkedHashMap<>();
        scenarios.put("64 connections", List.of(new Timed(Subject.JDK, 1, Repetition.EACH_TURN)));
        scenarios.put("1000 connections", List.of(new Timed(Subject.JDK, 1, Repetition.EACH_TURN)));
        Block block = new Block(scenarios, 1);
        assertEquals(List.of(Set.of("64 connections")), block.only(name -> name.startsWith("64 ")).map(left -> left.scenarios().keySet()).toList());
        assertEquals(0, block.only(name -> false).count());
    }

    @Test
    void othersJoinTheSameScenario() {
        Block both = new Block("scenario", List.of(new Timed(Subject.JDK, 1, Repetition.EACH_TURN))).with(new Block("scenario", List.of(new Timed(Subject.LIMIT, 1, Repetition.EACH_TURN))));
        assertEquals(List.of(Subject.JDK, Subject.LIMIT), both.entries().stream().map(entry -> entry.trial().subject()).toList());
    }

    @Test
    void everyTurnCountsForTheTimeButThatOfWhatIsCountedOnce() {
        Block block = new Block("scenario", List.of(new Timed(Subject.JDK, 10, Repetition.EACH_TURN), new Timed(Subject.JDK, 1000, Repetition.ONCE)), 2);
        assertEquals(10 * 3 * 2 + 1000, block.seconds(3));
    }

    @Test
    void whatLivesBetweenItsTurnsIsOpenedAndLookedAtInEachRound() {
        Block block = new Block("scenario", List.of(new Timed(Subject.JDK, 10, Repetition.EACH_TURN, 100)), 2);
        assertEquals(3 * (100 + (1 + 2) * 10 + Stillness.SECONDS), block.seconds(3));
    }

    @Test
    void whatIsOfEachRoundCountsOnceForEach() {
        Block block = new Block("scenario", List.of(new Timed(Subject.JDK, 10, Repetition.EACH_ROUND)), 2);
        assertEquals(3 * 10, block.seconds(3));
    }

    private record Timed(Subject subject, double seconds, Repetition repetition, double secondsToOpen) implements Trial {
        Timed(Subject subject, double seconds, Repetition repetition) {
            this(subject, seconds, repetition, 0);
        }

        @Override
        public Sample run() {
            return Sample.of(Metric.TIME, 1);
        }
    }
}
