// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.Events;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** A key of which the kernel tells while its interest is off, and whose reads are seen: whether somebody has read by the time the interest is back. */
class UnreadKeyTest {
    private SimulatedSelector simulated;
    private SelectionKey key;

    @BeforeEach
    void open() throws IOException {
        simulated = new SimulatedSelector();
        key = simulated.register(OP_READ);
        simulated.makeEdgeTriggered(key, Events.IN);
        serveOnce();
        simulated.calls.reset();
    }

    @AfterEach
    void close() throws IOException {
        simulated.close();
    }

    /** A report, a read that is seen, and the interest off. */
    private void serveOnce() throws IOException {
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        key.interestOps(0);
        simulated.readAll(key);
    }

    private void arriveUnwanted(int events) throws IOException {
        simulated.arrive(key, events);
        assertEquals(Map.of(), simulated.select());
    }

    /** The kernel is asked for both directions, and the interest is off. */
    private void watchForBoth() throws IOException {
        key.interestOps(OP_READ | OP_WRITE);
        simulated.select();
        key.interestOps(0);
        simulated.select();
    }

    private void assertReportedWithQuestions(int questions, int interest, int ready) throws IOException {
        key.interestOps(interest);
        assertEquals(Map.of(key, ready), simulated.select());
        assertEquals(questions, simulated.calls.count(Call.PROBE));
    }

    private void assertNothingReportedButAskedFor() throws IOException {
        key.interestOps(OP_READ);
        assertEquals(Map.of(), simulated.select());
        assertEquals(1, simulated.calls.count(Call.PROBE));
    }

    @Test
    void whatNobodyHasReadIsReportedWithoutAQuestion() throws IOException {
        arriveUnwanted(Events.IN);
        assertReportedWithQuestions(0, OP_READ, OP_READ);
    }

    @Test
    void whatBecomesReadyBesidesItIsReportedWithIt() throws IOException {
        SelectionKey other = simulated.register(OP_READ);
        arriveUnwanted(Events.IN);
        simulated.arrive(other, Events.IN);
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ, other, OP_READ), simulated.select());
    }

    @Test
    void selectThatMayWaitDoesNot() throws IOException {
        arriveUnwanted(Events.IN);
        key.interestOps(OP_READ);
        assertEquals(1, simulated.selector.select());
        assertEquals(0, simulated.calls.count(Call.WAIT));
    }

    @Test
    void whatIsToldTwiceBeforeItIsReadIsReportedWithoutAQuestion() throws IOException {
        arriveUnwanted(Events.IN);
        arriveUnwanted(Events.IN);
        assertReportedWithQuestions(0, OP_READ, OP_READ);
    }

    @Test
    void readThatTookNothingBeforeTheKernelToldChangesNothing() throws IOException {
        simulated.kernel.onNextCollected(() -> ReadLearning.endRead(simulated.beginRead(key), false, true));
        arriveUnwanted(Events.IN);
        assertReportedWithQuestions(0, OP_READ, OP_READ);
    }

    @Test
    void whatIsBeingReadIsAskedFor() throws IOException {
        arriveUnwanted(Events.IN);
        simulated.beginRead(key);
        simulated.takeAll(key);
        assertNothingReportedButAskedFor();
    }

    @Test
    void whatIsBeingReadSinceBeforeTheKernelToldIsAskedFor() throws IOException {
        simulated.beginRead(key);
        arriveUnwanted(Events.IN);
        simulated.takeAll(key);
        assertNothingReportedButAskedFor();
    }

    @Test
    void whatSomebodyHasReadSomeOfIsAskedFor() throws IOException {
        arriveUnwanted(Events.IN);
        simulated.readSome(key);
        assertReportedWithQuestions(1, OP_READ, OP_READ);
    }

    @Test
    void whatWasReadAfterTheKernelLookedButBeforeItToldIsAskedFor() throws IOException {
        simulated.kernel.onNextCollected(() -> simulated.readAll(key));
        arriveUnwanted(Events.IN);
        assertNothingReportedButAskedFor();
    }

    @Test
    void readThatEndsAfterTheKernelToldHasTakenWhatItTold() throws IOException {
        Object read = simulated.beginRead(key);
        arriveUnwanted(Events.IN);
        ReadLearning.endRead(read, simulated.takeAll(key), true);
        assertNothingReportedButAskedFor();
    }

    @Test
    void whatWasReportedIsNotTakenForUnreadASecondTime() throws IOException {
        arriveUnwanted(Events.IN);
        assertReportedWithQuestions(0, OP_READ, OP_READ);
        simulated.takeAll(key);
        key.interestOps(0);
        simulated.select();
        assertNothingReportedButAskedFor();
    }

    @Test
    void keyWhoseReadsAreNotSeenIsAskedFor() throws IOException {
        arriveUnwanted(Events.IN);
        simulated.takeAll(key);
        // the read before the first arrival was seen, so that it is reported in vain, once
        assertReportedWithQuestions(0, OP_READ, OP_READ);
        key.interestOps(0);
        simulated.select();
        arriveUnwanted(Events.IN);
        simulated.takeAll(key);
        assertNothingReportedButAskedFor();
    }

    @Test
    void writeReadinessIsAskedForThoughTheDataIsUnread() throws IOException {
        watchForBoth();
        arriveUnwanted(Events.IN | Events.OUT);
        simulated.drain(key, Events.OUT);
        simulated.calls.reset();
        assertReportedWithQuestions(1, OP_READ | OP_WRITE, OP_READ);
    }

    @Test
    void writeReadinessThatWasNotAskedForIsNotReportedWithTheDataThoughItIsTurnedOnMeanwhile() throws IOException {
        watchForBoth();
        arriveUnwanted(Events.IN | Events.OUT);
        simulated.drain(key, Events.OUT);
        key.interestOps(OP_READ);
        simulated.kernel.onNextCollected(() -> key.interestOps(OP_READ | OP_WRITE));
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void hangUpIsAskedForThoughTheDataIsUnread() throws IOException {
        arriveUnwanted(Events.IN | Events.HUP);
        assertReportedWithQuestions(1, OP_READ, OP_READ);
    }

    @Test
    void dataThatWasReadWhenTheKernelToldOfTheWriteReadinessIsNotThoughtToBeThere() throws IOException {
        watchForBoth();
        arriveUnwanted(Events.IN);
        simulated.readAll(key);
        arriveUnwanted(Events.OUT);
        key.interestOps(OP_READ);
        assertEquals(Map.of(), simulated.select());
    }

    @Test
    void whatWasGivenBackIsAskedFor() throws IOException {
        SelectionKey other = simulated.register(OP_READ);
        simulated.select();
        simulated.arrive(other, Events.IN);
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(other, OP_READ), simulated.select());
        key.interestOps(OP_READ);
        assertThrows(IllegalStateException.class, () -> simulated.selector.selectNow(selected -> {
            throw new IllegalStateException("by the test");
        }));
        simulated.takeAll(key);
        simulated.drain(other, Events.IN);
        assertEquals(Map.of(), simulated.select());
    }
}
