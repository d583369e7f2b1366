// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.core.Knote;
import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.Events;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** A key whose interest goes off and on, and of which it is known that a read has emptied its channel. */
class DrainedKeyTest {
    private static final Function<SelectionKey, Knote> FOREIGN = key -> null;

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

    private int beforeRead() {
        return ReadLearning.beforeRead(new SelectionKey[] {null, key}, FOREIGN);
    }

    private void drained(int before) {
        ReadLearning.drained(new SelectionKey[] {null, key}, FOREIGN, before);
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
        int before = beforeRead();
        simulated.drain(key, Events.IN);
        drained(before);
        key.interestOps(OP_READ);
        assertEquals(Map.of(), simulated.select());
        assertEquals(0, simulated.calls.count(Call.PROBE));
    }

    @Test
    void whatArrivesAfterTheReadIsReported() throws IOException {
        arriveAndReport(Events.IN);
        int before = beforeRead();
        simulated.drain(key, Events.IN);
        drained(before);
        simulated.arrive(key, Events.IN);
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void readThatBeganBeforeTheKernelToldLastProvesNothing() throws IOException {
        int before = beforeRead();
        arriveAndReport(Events.IN);
        drained(before);
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void endOfStreamBehindTheDataIsReportedThoughTheReadWasShort() throws IOException {
        arriveAndReport(Events.IN | Events.RDHUP);
        drained(beforeRead());
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void dataBehindUrgentDataIsReportedThoughTheReadWasShort() throws IOException {
        arriveAndReport(Events.IN | Events.PRI);
        drained(beforeRead());
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void writeReadinessIsNotForgottenWithTheData() throws IOException {
        key.interestOps(OP_READ | OP_WRITE);
        simulated.select();
        arriveAndReportBoth();
        int before = beforeRead();
        simulated.drain(key, Events.IN);
        drained(before);
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
            int before = beforeRead();
            simulated.drain(key, Events.IN);
            drained(before);
        }
        assertEquals(List.of("IN|OUT"), simulated.watched(key));
    }

    @Test
    void channelOfSeveralKeysTeachesNothing() {
        assertEquals(ReadLearning.NOTHING, ReadLearning.beforeRead(new SelectionKey[] {key, key}, FOREIGN));
        assertEquals(ReadLearning.NOTHING, ReadLearning.beforeRead(null, FOREIGN));
        assertEquals(ReadLearning.NOTHING, ReadLearning.beforeRead(new SelectionKey[2], FOREIGN));
    }
}
