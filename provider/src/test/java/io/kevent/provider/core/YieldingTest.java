// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import org.junit.jupiter.api.Test;

import static io.kevent.provider.core.Yielding.ALONE_NANOS;
import static io.kevent.provider.core.Yielding.AT_ONCE_NANOS;
import static io.kevent.provider.core.Yielding.FIRST_REST;
import static io.kevent.provider.core.Yielding.GAIN;
import static io.kevent.provider.core.Yielding.LAST_REST_OF_LONG;
import static io.kevent.provider.core.Yielding.LAST_REST_OF_VAIN;
import static io.kevent.provider.core.Yielding.LONG_BORNE;
import static io.kevent.provider.core.Yielding.LONG_BORNE_AFTER_REST;
import static io.kevent.provider.core.Yielding.LONG_NANOS;
import static io.kevent.provider.core.Yielding.SHORT_FOR_LONG;
import static io.kevent.provider.core.Yielding.SLEEP_NANOS;
import static io.kevent.provider.core.Yielding.VAIN_BORNE;
import static io.kevent.provider.core.Yielding.VAIN_BORNE_AFTER_REST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** When a thread lets others run before it waits, by what came of it before. */
class YieldingTest {
    private static final long SHORT = SLEEP_NANOS - 1;
    private static final long AT_ONCE = AT_ONCE_NANOS - 1;

    private final Counter yields = new Counter();
    private long now;
    private long othersRun;
    private final Yielding yielding = new Yielding(yields, () -> now, () -> now += othersRun);

    /** Lets others run for so long, if it does, and then waits. Returns for how long they were let run. */
    private long turn(long others, long wait, int found) {
        othersRun = others;
        long nanos = yielding.giveWay();
        now += wait;
        yielding.waited(found);
        return nanos;
    }

    private void turns(int count, long others, long wait) {
        for (int i = 0; i < count; i++) {
            turn(others, wait, 1);
        }
    }

    /** How many waits go by without, until others are let run again. */
    private int rest(long others, long wait) {
        long before = yields.get();
        int waits = 0;
        for (; yields.get() == before; waits++) {
            turn(others, wait, 1);
        }
        return waits - 1;
    }

    /** A yield after which the wait goes like this is paid for, and earns nothing. */
    private void assertInVain(long others, long wait) {
        turns(VAIN_BORNE + 1, others, wait);
        assertEquals(VAIN_BORNE + 1, yields.get());
        assertEquals(FIRST_REST, rest(others, wait));
    }

    @Test
    void othersAreLetRunBeforeEachWaitWhereThatIsOverAtOnce() {
        turns(1000, SHORT, AT_ONCE);
        assertEquals(1000, yields.get());
    }

    @Test
    void theShortestTimeInWhichOthersCanHaveRunCounts() {
        turns(1000, ALONE_NANOS, AT_ONCE);
        assertEquals(1000, yields.get());
    }

    @Test
    void waitsThatAreOverAtOnceAreNoGainIfNobodyRanBefore() {
        assertInVain(ALONE_NANOS - 1, AT_ONCE);
    }

    @Test
    void forOneEventItIsNoGainIfTheyRanForLongerThanASleepTakes() {
        assertInVain(SLEEP_NANOS, AT_ONCE);
    }

    @Test
    void forSeveralEventsItIsHoweverLongTheyRanBelowATimeSlice() {
        for (int i = 0; i < 1000; i++) {
            turn(LONG_NANOS - 1, AT_ONCE, 2);
        }
        assertEquals(1000, yields.get());
    }

    @Test
    void howLongTheyRanIsTold() {
        assertEquals(12_345, turn(12_345, AT_ONCE, 1));
    }

    @Test
    void oneInTenThatIsOverAtOnceIsEnough() {
        for (int i = 0; i < 1000; i++) {
            turn(SHORT, i % GAIN == 0 ? AT_ONCE : AT_ONCE_NANOS, 1);
        }
        assertEquals(1000, yields.get());
    }

    @Test
    void ofManyThatAreInVainOneIsEnoughThatFindsAsMuch() {
        for (int i = 0; i < 1000; i++) {
            if (i % (5 * GAIN) == 0) {
                turn(SHORT, AT_ONCE, 5);
            } else {
                turn(SHORT, AT_ONCE_NANOS, 1);
            }
        }
        assertEquals(1000, yields.get());
    }

    @Test
    void fewMayBeLong() {
        for (int i = 0; i < 1000; i++) {
            turn(i % (SHORT_FOR_LONG + 1) == 0 ? LONG_NANOS : SHORT, AT_ONCE, 1);
        }
        assertEquals(1000, yields.get());
    }

    @Test
    void thatMoreAreLongHasItStopHoweverMuchTheOthersFind() {
        for (int i = 0; i < 100_000; i++) {
            turn(i % (SHORT_FOR_LONG / 2) == 0 ? LONG_NANOS : SHORT, AT_ONCE, 100);
        }
        assertTrue(yields.get() < 10_000, () -> yields.get() + " of 100,000 waits");
    }

    @Test
    void whatIsFoundAfterLongOnesDoesNotMakeUpForThoseInVain() {
        for (int i = 0; i < 1000; i++) {
            if (i % (SHORT_FOR_LONG + 1) == 0) {
                turn(LONG_NANOS, AT_ONCE, 100);
            } else {
                turn(SHORT, AT_ONCE_NANOS, 1);
            }
        }
        assertTrue(yields.get() < 1000, () -> yields.get() + " of 1000 waits");
    }

    @Test
    void whatTakesLongerSinceMuchWasFoundIsOverAtOnce() {
        for (int i = 0; i < 1000; i++) {
            turn(SHORT, 100 * AT_ONCE, 100);
        }
        assertEquals(1000, yields.get());
    }

    @Test
    void longOnesInARowHaveItStop() {
        turns(LONG_BORNE + 1, LONG_NANOS, AT_ONCE_NANOS);
        assertEquals(0, turn(LONG_NANOS, AT_ONCE_NANOS, 1));
        assertEquals(FIRST_REST, 1 + rest(LONG_NANOS, AT_ONCE_NANOS));
    }

    @Test
    void onesInVainHaveItStop() {
        assertInVain(SHORT, AT_ONCE_NANOS);
    }

    /** Each rest is twice as long as the one before, up to a bound, and so many are borne between two of them. */
    private void assertLongerRests(long others, int borneAfterRest, int lastRest) {
        int first = 0;
        while (first == 0) {
            first = rest(others, AT_ONCE_NANOS);
        }
        assertEquals(FIRST_REST, first);
        for (int expected = 2 * FIRST_REST; expected < 4 * lastRest; expected *= 2) {
            turns(borneAfterRest, others, AT_ONCE_NANOS);
            assertEquals(Math.min(expected, lastRest), rest(others, AT_ONCE_NANOS));
        }
    }

    @Test
    void whereTheyAreInVainItStopsForLongerUpToABound() {
        assertLongerRests(0, VAIN_BORNE_AFTER_REST, LAST_REST_OF_VAIN);
    }

    @Test
    void whereTheyAreLongItStopsForLongerUpToABound() {
        assertLongerRests(LONG_NANOS, LONG_BORNE_AFTER_REST, LAST_REST_OF_LONG);
    }

    @Test
    void clustersOfLongOnesAreBorneIfThereAreEnoughOthers() {
        for (int i = 0; i < 100; i++) {
            turns(LONG_BORNE, LONG_NANOS, AT_ONCE);
            turns(LONG_BORNE * SHORT_FOR_LONG, SHORT, AT_ONCE);
        }
        assertEquals(100L * LONG_BORNE * (1 + SHORT_FOR_LONG), yields.get());
    }

    @Test
    void fewAreTriedWhereAllAreLong() {
        turns(100_000, LONG_NANOS, AT_ONCE_NANOS);
        assertTrue(yields.get() < 200, () -> yields.get() + " of 100,000 waits");
    }

    @Test
    void fewAreTriedWhereAllAreInVain() {
        turns(100_000, 0, AT_ONCE_NANOS);
        assertTrue(yields.get() < 4000, () -> yields.get() + " of 100,000 waits");
    }

    @Test
    void onceItPaysAgainItStopsForAsLittleAsAtFirst() {
        turns(10_000, LONG_NANOS, AT_ONCE_NANOS);
        turns(2 * LAST_REST_OF_LONG, SHORT, AT_ONCE);
        turns(LONG_BORNE + 1, LONG_NANOS, AT_ONCE_NANOS);
        assertEquals(FIRST_REST, rest(LONG_NANOS, AT_ONCE_NANOS));
    }
}
