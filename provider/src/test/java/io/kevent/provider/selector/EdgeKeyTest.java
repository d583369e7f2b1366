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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Keys without options whose interest goes off and on, and the way there and back. */
class EdgeKeyTest {
    private SimulatedSelector simulated;
    private SelectionKey key;

    @BeforeEach
    void open() throws IOException {
        simulated = new SimulatedSelector();
        key = simulated.register(OP_READ);
        simulated.select();
    }

    @AfterEach
    void close() throws IOException {
        simulated.close();
    }

    /** Reports in selects that follow each other, the interest being on all the time. */
    private void stayOn(int reports) throws IOException {
        for (int i = 0; i < reports; i++) {
            simulated.arrive(key, Events.IN);
            assertEquals(Map.of(key, OP_READ), simulated.select());
            simulated.drain(key, Events.IN);
        }
    }

    @Test
    void eventDuringInterestOffMakesTheKeyEdgeTriggered() throws IOException {
        simulated.request(key);
        assertEquals(List.of("IN|PRI|RDHUP|EDGE"), simulated.watched(key));
    }

    @Test
    void cycleOfOffAndOnCostsNoRegistrationAndOneProbeATurnAtMost() throws IOException {
        simulated.request(key);
        simulated.calls.reset();
        for (int i = 0; i < 1000; i++) {
            simulated.request(key);
        }
        assertEquals(0, simulated.calls.registrationCalls(), simulated.calls::calls);
        assertTrue(simulated.calls.count(Call.PROBE) <= simulated.calls.count(Call.COLLECT), simulated.calls::calls);
    }

    @Test
    void cycleIsProbedOnceARequestOnly() throws IOException {
        simulated.request(key);
        simulated.calls.reset();
        for (int i = 0; i < 1000; i++) {
            simulated.request(key);
        }
        assertEquals(1000, simulated.calls.count(Call.PROBE));
        // and for the engine
        assertEquals(1000 * (1 + 1), simulated.calls.questions());
    }

    @Test
    void readinessLeftUnreadIsReportedByEachSelect() throws IOException {
        simulated.makeEdgeTriggered(key, Events.IN);
        simulated.arrive(key, Events.IN);
        for (int i = 0; i < 10; i++) {
            assertEquals(Map.of(key, OP_READ), simulated.select());
        }
        simulated.drain(key, Events.IN);
        assertEquals(Map.of(), simulated.select());
    }

    @Test
    void keyThatStaysOnBecomesLevelTriggeredAgain() throws IOException {
        simulated.makeEdgeTriggered(key, Events.IN);
        stayOn(10);
        assertEquals(List.of("IN"), simulated.watched(key));
        simulated.calls.reset();
        stayOn(100);
        assertEquals("{COLLECT=100}", simulated.calls.calls());
    }

    @Test
    void changingHabitsDoNotMakeTheRegistrationFlap() throws IOException {
        for (int i = 0; i < 100; i++) {
            simulated.request(key);
            stayOn(3);
        }
        simulated.calls.reset();
        for (int i = 0; i < 1000; i++) {
            simulated.request(key);
            stayOn(3);
        }
        assertEquals(0, simulated.calls.registrationCalls(), simulated.calls::calls);
    }

    @Test
    void newKeysFollowTheHabitOfTheSelector() throws IOException {
        for (int i = 0; i < 4; i++) {
            SelectionKey other = simulated.register(OP_READ);
            simulated.select();
            simulated.makeEdgeTriggered(other, Events.IN);
        }
        SelectionKey next = simulated.register(OP_READ);
        simulated.select();
        assertEquals(List.of("IN|PRI|RDHUP|EDGE"), simulated.watched(next));
    }

    @Test
    void newKeysFollowTheHabitBack() throws IOException {
        for (int i = 0; i < 4; i++) {
            simulated.makeEdgeTriggered(simulated.register(OP_READ), Events.IN);
        }
        simulated.makeEdgeTriggered(key, Events.IN);
        SelectionKey[] staying = new SelectionKey[4];
        for (int i = 0; i < staying.length; i++) {
            staying[i] = simulated.register(OP_READ);
            simulated.arrive(staying[i], Events.IN);
        }
        for (int i = 0; i < 10; i++) {
            simulated.select();
        }
        SelectionKey next = simulated.register(OP_READ);
        simulated.select();
        assertEquals(List.of("IN"), simulated.watched(next));
    }

    @Test
    void plainKeyIsNeverRemovedBeforeItIsCancelled() throws IOException {
        for (int i = 0; i < 100; i++) {
            simulated.request(key);
            stayOn(i % 7);
        }
        assertEquals(1, simulated.calls.count(Call.ADD));
        assertEquals(0, simulated.calls.count(Call.REMOVE));
    }
}
