// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.Events;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** A key whose interest goes off and on, and of which it is known that a read has emptied its channel. */
class DrainedKeyTest {
    private SimulatedSelector simulated;
    private SelectionKey key;

    @BeforeEach
    void open() throws IOException {
        simulated = new SimulatedSelector();
        key = simulated.register(OP_READ);
        simulated.makeEdgeTriggered(key, Events.IN);
        simulated.calls.reset();
    }

    @AfterEach
    void close() throws IOException {
        simulated.close();
    }

    private void arriveAndReport(int events) throws IOException {
        simulated.arrive(key, events);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        key.interestOps(0);
        simulated.select();
    }

    @Test
    void whatNobodyToldIsAskedFor() throws IOException {
        arriveAndReport(Events.IN);
        simulated.drain(key, Events.IN);
        key.interestOps(OP_READ);
        assertEquals(Map.of(), simulated.select());
        assertEquals(1, simulated.calls.count(Call.PROBE));
    }

    @Test
    void whatAReadHasEmptiedIsNotAskedFor() throws IOException {
        arriveAndReport(Events.IN);
        simulated.readAll(key);
        key.interestOps(OP_READ);
        assertEquals(Map.of(), simulated.select());
        assertEquals(0, simulated.calls.count(Call.PROBE));
    }

    @Test
    void whatArrivesAfterTheReadIsReported() throws IOException {
        arriveAndReport(Events.IN);
        simulated.readAll(key);
        simulated.arrive(key, Events.IN);
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void readThatBeganBeforeTheKernelToldLastProvesNothing() throws IOException {
        Object read = simulated.beginRead(key);
        arriveAndReport(Events.IN);
        ReadLearning.endRead(read, true, true);
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void endOfStreamBehindTheDataIsReportedThoughTheReadWasShort() throws IOException {
        arriveAndReport(Events.IN | Events.RDHUP);
        ReadLearning.endRead(simulated.beginRead(key), true, true);
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void endOfStreamThatWasToldToNobodyIsReportedThoughTheReadWasShort() throws IOException {
        key.interestOps(0);
        simulated.select();
        simulated.arrive(key, Events.IN | Events.RDHUP);
        simulated.kernel.onNextCollected(() -> {
            throw new OutOfMemoryError("by the test");
        });
        assertThrows(OutOfMemoryError.class, simulated::select);
        simulated.select();
        ReadLearning.endRead(simulated.beginRead(key), true, true);
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void dataBehindUrgentDataIsReportedThoughTheReadWasShort() throws IOException {
        arriveAndReport(Events.IN | Events.PRI);
        ReadLearning.endRead(simulated.beginRead(key), true, true);
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void writeReadinessIsNotForgottenWithTheData() throws IOException {
        key.interestOps(OP_READ | OP_WRITE);
        simulated.select();
        arriveAndReportBoth();
        simulated.readAll(key);
        key.interestOps(OP_READ);
        assertEquals(Map.of(), simulated.select());
        key.interestOps(OP_WRITE);
        assertEquals(Map.of(key, OP_WRITE), simulated.select());
    }

    private void arriveAndReportBoth() throws IOException {
        simulated.arrive(key, Events.IN | Events.OUT);
        assertEquals(Map.of(key, OP_READ | OP_WRITE), simulated.select());
        key.interestOps(0);
        simulated.select();
    }

    /** The write readiness would have to be asked for in each turn: what reads teach does not help there. */
    @Test
    void keyThatStaysWritableBecomesLevelTriggeredThoughItsReadsEmptyTheChannel() throws IOException {
        key.interestOps(OP_READ | OP_WRITE);
        simulated.select();
        for (int i = 0; i < 3; i++) {
            simulated.arrive(key, Events.IN | Events.OUT);
            assertEquals(Map.of(key, OP_READ | OP_WRITE), simulated.select());
            simulated.readAll(key);
        }
        assertEquals(List.of("IN|OUT"), simulated.watched(key));
    }

    @Test
    void readAfterOneThatProvedNothingProvesIt() throws IOException {
        readThatBeganBeforeTheKernelToldLastProvesNothing();
        key.interestOps(0);
        simulated.select();
        simulated.readAll(key);
        simulated.calls.reset();
        key.interestOps(OP_READ);
        assertEquals(Map.of(), simulated.select());
        assertEquals(0, simulated.calls.count(Call.PROBE));
    }

    @Test
    void readThatBeganWhileAnotherWasOvertakenProvesNothing() throws IOException {
        Object first = simulated.beginRead(key);
        arriveAndReport(Events.IN);
        Object second = simulated.beginRead(key);
        ReadLearning.endRead(first, true, true);
        ReadLearning.endRead(second, false, true);
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void eachKeyOfAChannelLearns() throws IOException {
        SelectionKey other = simulated.register(OP_READ);
        simulated.makeEdgeTriggered(other, Events.IN);
        for (SelectionKey each : List.of(key, other)) {
            simulated.arrive(each, Events.IN);
            assertEquals(Map.of(each, OP_READ), simulated.select());
            each.interestOps(0);
            simulated.select();
        }
        simulated.calls.reset();
        Object read = ReadLearning.beginRead(new SelectionKey[] {key, null, other}, foreign -> null);
        simulated.takeAll(key);
        simulated.takeAll(other);
        ReadLearning.endRead(read, true, true);
        key.interestOps(OP_READ);
        other.interestOps(OP_READ);
        assertEquals(Map.of(), simulated.select());
        assertEquals(0, simulated.calls.count(Call.PROBE));
    }

    @Test
    void channelWithoutKeysTeachesNothing() {
        assertNull(ReadLearning.beginRead(null, foreign -> null));
        assertNull(ReadLearning.beginRead(new SelectionKey[2], foreign -> null));
    }
}
