// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

class SummaryTest {
    @Test
    void oneRoundIsItsOwnMedian() {
        assertEquals(new Summary(7, 7, 7, 7, 7, 1), Summary.of(List.of(7.0)));
    }

    @Test
    void medianOfAnEvenNumberOfRoundsLiesBetweenTheMiddleTwo() {
        Summary summary = Summary.of(List.of(4.0, 1.0, 3.0, 2.0));
        assertEquals(1, summary.least());
        assertEquals(2.5, summary.median());
        assertEquals(4, summary.most());
    }

    @Test
    void ratiosAreTakenRoundByRound() {
        // the machine was twice as slow in the second round, for both
        Summary ratios = Summary.ofRatios(List.of(1.0, 2.0), List.of(2.0, 4.0));
        assertEquals(0.5, ratios.least());
        assertEquals(0.5, ratios.most());
    }

    @Test
    void aCountComparesWithAllRounds() {
        assertEquals(2, Summary.ofRatios(List.of(4.0), List.of(2.0)).median());
        assertEquals(2, Summary.ofRatios(List.of(4.0, 4.0), List.of(2.0)).rounds());
    }

    @Test
    void nothingToDivideByIsNoRatio() {
        assertNull(Summary.ofRatios(List.of(4.0), List.of(0.0)));
        assertNull(Summary.ofRatios(List.of(4.0), List.of()));
    }
}
