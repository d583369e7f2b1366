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

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Keys without options whose interest stays on, or is off for so short that nothing arrives meanwhile. */
class LevelKeyTest {
    private SimulatedSelector simulated;
    private SelectionKey key;

    @BeforeEach
    void open() throws IOException {
        simulated = new SimulatedSelector();
        key = simulated.register(OP_READ);
        simulated.select();
        simulated.calls.reset();
    }

    @AfterEach
    void close() throws IOException {
        simulated.close();
    }

    @Test
    void keyIsWatchedByLevelAtFirst() {
        assertEquals(List.of("IN"), simulated.watched(key));
    }

    @Test
    void interestThatStaysOnCostsNothingButTheCollection() throws IOException {
        for (int i = 0; i < 100; i++) {
            simulated.arrive(key, Events.IN);
            assertEquals(Map.of(key, OP_READ), simulated.select());
            simulated.drain(key, Events.IN);
        }
        assertEquals("{COLLECT=100}", simulated.calls.calls());
    }

    @Test
    void readinessLeftUnreadIsReportedByEachSelect() throws IOException {
        simulated.arrive(key, Events.IN);
        for (int i = 0; i < 10; i++) {
            assertEquals(Map.of(key, OP_READ), simulated.select());
        }
    }

    @Test
    void interestTurnedOffAndOnBetweenTwoSelectsCostsNothing() throws IOException {
        for (int i = 0; i < 100; i++) {
            key.interestOps(0);
            key.interestOps(OP_READ);
            simulated.select();
        }
        assertEquals("{COLLECT=100}", simulated.calls.calls());
    }

    @Test
    void operationThatTheChannelHasNotIsRefusedWhileInterestIsOffForAMoment() {
        key.interestOps(0);
        assertThrows(IllegalArgumentException.class, () -> key.interestOps(OP_ACCEPT));
        assertEquals(0, key.interestOps());
    }

    @Test
    void interestThatIsOffInPeaceCostsNothing() throws IOException {
        for (int i = 0; i < 100; i++) {
            key.interestOps(0);
            simulated.select();
            key.interestOps(OP_READ);
            simulated.select();
        }
        assertEquals("{COLLECT=200}", simulated.calls.calls());
    }

    @Test
    void whatArrivesWhileInterestIsOffIsReportedWhenItIsBack() throws IOException {
        key.interestOps(0);
        assertEquals(Map.of(), simulated.select());
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(), simulated.select());
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        assertEquals(Map.of(key, OP_READ), simulated.select());
        simulated.drain(key, Events.IN);
        assertEquals(Map.of(), simulated.select());
    }

    @Test
    void anotherOperationCostsOneModification() throws IOException {
        key.interestOps(OP_READ | OP_WRITE);
        simulated.select();
        assertEquals("{MODIFY=1, COLLECT=1}", simulated.calls.calls());
        assertEquals(List.of("IN|OUT"), simulated.watched(key));
    }

    @Test
    void hangUpMakesTheWholeInterestSetReady() throws IOException {
        key.interestOps(OP_READ | OP_WRITE);
        simulated.arrive(key, Events.HUP);
        assertEquals(Map.of(key, OP_READ | OP_WRITE), simulated.select());
    }

    @Test
    void deregistrationCostsOneRemoval() throws IOException {
        key.cancel();
        simulated.select();
        assertEquals(1, simulated.calls.count(Call.REMOVE));
        assertEquals(1, simulated.calls.registrationCalls());
    }

    @Test
    void interestlessKeyNeverEntersTheKernel() throws IOException {
        SelectionKey idle = simulated.register(0);
        simulated.select();
        idle.cancel();
        simulated.select();
        assertEquals("{COLLECT=2}", simulated.calls.calls());
    }
}
