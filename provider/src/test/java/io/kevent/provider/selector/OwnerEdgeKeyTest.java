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

import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Keys with {@code OP_EDGE}. */
class OwnerEdgeKeyTest {
    private static final int BOTH = OP_READ | OP_WRITE | OP_EDGE;

    private SimulatedSelector simulated;

    @BeforeEach
    void open() throws IOException {
        simulated = new SimulatedSelector();
    }

    @AfterEach
    void close() throws IOException {
        simulated.close();
    }

    @Test
    void arrivalIsReportedOnce() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_EDGE);
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        assertEquals(Map.of(), simulated.select());
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        assertEquals(Map.of(), simulated.select());
    }

    @Test
    void twoDirectionsAreWatchedByTwoEngines() throws IOException {
        SelectionKey key = simulated.register(BOTH);
        simulated.select();
        assertEquals(List.of("IN|RDHUP|EDGE", "OUT|EDGE"), simulated.watched(key));
    }

    @Test
    void readEdgeDoesNotRepeatTheWriteEdge() throws IOException {
        SelectionKey key = simulated.register(BOTH);
        simulated.arrive(key, Events.OUT);
        assertEquals(Map.of(key, OP_WRITE), simulated.select());
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void writeEdgeDoesNotRepeatTheReadEdge() throws IOException {
        SelectionKey key = simulated.register(BOTH);
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        simulated.arrive(key, Events.OUT);
        assertEquals(Map.of(key, OP_WRITE), simulated.select());
    }

    @Test
    void bothEdgesAtOnceAreOneReport() throws IOException {
        SelectionKey key = simulated.register(BOTH);
        simulated.arrive(key, Events.IN | Events.OUT);
        assertEquals(Map.of(key, OP_READ | OP_WRITE), simulated.select());
        assertEquals(Map.of(), simulated.select());
    }

    @Test
    void hangUpIsReportedOnceThoughTwoEnginesWatch() throws IOException {
        SelectionKey key = simulated.register(BOTH);
        simulated.select();
        simulated.arrive(key, Events.HUP);
        assertEquals(Map.of(key, OP_READ | OP_WRITE), simulated.select());
        assertEquals(Map.of(), simulated.select());
    }

    @Test
    void whatArrivesWhileTheOperationIsOffIsReportedOnceWhenItIsBack() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_EDGE);
        simulated.select();
        key.interestOps(OP_EDGE);
        simulated.select();
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(), simulated.select());
        key.interestOps(OP_READ | OP_EDGE);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        assertEquals(Map.of(), simulated.select());
    }

    @Test
    void whatWasDrainedWhileTheOperationWasOffIsNotReported() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_EDGE);
        simulated.select();
        key.interestOps(OP_EDGE);
        simulated.arrive(key, Events.IN);
        simulated.select();
        simulated.drain(key, Events.IN);
        key.interestOps(OP_READ | OP_EDGE);
        assertEquals(Map.of(), simulated.select());
    }

    @Test
    void arrivalBetweenTwoSelectsIsReportedOnceThoughInterestWentOffAndOn() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_EDGE);
        simulated.select();
        simulated.arrive(key, Events.IN);
        key.interestOps(OP_EDGE);
        key.interestOps(OP_READ | OP_EDGE);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        assertEquals(Map.of(), simulated.select());
    }

    @Test
    void settingTheSameInterestReportsNothingAnew() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_EDGE);
        simulated.arrive(key, Events.IN);
        simulated.select();
        key.interestOps(OP_READ | OP_EDGE);
        assertEquals(Map.of(), simulated.select());
    }

    @Test
    void turningTheOptionOnReportsWhatIsReadyOnce() throws IOException {
        SelectionKey key = simulated.register(OP_READ);
        simulated.arrive(key, Events.IN);
        simulated.select();
        key.interestOps(OP_READ | OP_EDGE);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        assertEquals(Map.of(), simulated.select());
    }

    @Test
    void turningTheOptionOffBringsLevelBack() throws IOException {
        SelectionKey key = simulated.register(BOTH);
        simulated.arrive(key, Events.IN);
        simulated.select();
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        assertEquals(Map.of(key, OP_READ), simulated.select());
        assertEquals(List.of("IN"), simulated.watched(key));
    }

    @Test
    void peerThatStreamsWhileTheOperationIsOffIsSilenced() throws IOException {
        SelectionKey key = simulated.register(BOTH);
        simulated.select();
        key.interestOps(OP_WRITE | OP_EDGE);
        simulated.select();
        simulated.calls.reset();
        for (int i = 0; i < 100; i++) {
            simulated.arrive(key, Events.IN);
            simulated.select();
        }
        assertTrue(simulated.calls.told() <= 6, () -> simulated.calls.told() + " events told in vain");
        key.interestOps(BOTH);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void deregistrationLeavesBothEngines() throws IOException {
        SelectionKey key = simulated.register(BOTH);
        simulated.select();
        key.cancel();
        simulated.select();
        assertEquals(List.of(), simulated.watched(key));
    }

    @Test
    void refusalBySecondEngineTakesTheKeyOutOfTheFirst() throws IOException {
        SelectionKey first = simulated.register(BOTH);
        simulated.select();
        SelectionKey refused = simulated.register(BOTH);
        simulated.calls.failAfter(Call.ADD, 1);
        assertThrows(IOException.class, simulated::select);
        assertEquals(List.of(), simulated.watched(refused));
        simulated.arrive(first, Events.IN);
        simulated.arrive(refused, Events.OUT);
        assertEquals(Map.of(first, OP_READ, refused, OP_WRITE), simulated.select());
    }

    @Test
    void secondEngineThatCannotBeOpenedIsTriedAgain() throws IOException {
        SelectionKey key = simulated.register(BOTH);
        simulated.arrive(key, Events.OUT);
        simulated.calls.failNext(Call.OPEN_ENGINE);
        assertThrows(IOException.class, simulated::select);
        assertEquals(List.of(), simulated.watched(key));
        assertEquals(Map.of(key, OP_WRITE), simulated.select());
    }

    @Test
    void secondEngineThatCannotBeWatchedIsClosed() throws IOException {
        int before = simulated.kernel.openDescriptors();
        SelectionKey key = simulated.register(BOTH);
        simulated.calls.failAfter(Call.ADD, 1);
        assertThrows(IOException.class, simulated::select);
        assertEquals(before, simulated.kernel.openDescriptors());
        assertEquals(List.of(), simulated.watched(key));
    }

    @Test
    void refusalBySecondEngineWhenAnOperationIsTurnedOnLosesNoEdge() throws IOException {
        SelectionKey key = simulated.register(OP_EDGE);
        simulated.select();
        key.interestOps(OP_READ | OP_EDGE);
        simulated.select();
        simulated.arrive(key, Events.IN | Events.OUT);
        key.interestOps(BOTH);
        simulated.calls.failNext(Call.OPEN_ENGINE);
        assertThrows(IOException.class, simulated::select);
        assertEquals(Map.of(key, OP_READ | OP_WRITE), simulated.select());
        assertEquals(Map.of(), simulated.select());
    }

    @Test
    void optionComesAndGoesWithoutARemovalOfTheChannel() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WRITE);
        simulated.select();
        simulated.calls.reset();
        key.interestOps(BOTH);
        simulated.select();
        assertEquals(List.of("IN|RDHUP|EDGE", "OUT|EDGE"), simulated.watched(key));
        assertEquals(0, simulated.calls.count(Call.REMOVE));
        key.interestOps(OP_READ | OP_WRITE);
        simulated.select();
        assertEquals(List.of("IN|OUT"), simulated.watched(key));
        // from the second engine, which alone watched for writing
        assertEquals(1, simulated.calls.count(Call.REMOVE));
    }

    @Test
    void optionOfOneDirectionComesAndGoesByModificationsOnly() throws IOException {
        SelectionKey key = simulated.register(OP_READ);
        simulated.select();
        simulated.calls.reset();
        key.interestOps(OP_READ | OP_EDGE);
        simulated.select();
        key.interestOps(OP_READ);
        simulated.select();
        assertEquals("{MODIFY=2, COLLECT=2}", simulated.calls.calls());
    }

    @Test
    void optionThatTheKernelRefusesLeavesTheKeyAsItWas() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WRITE);
        simulated.select();
        key.interestOps(BOTH);
        simulated.calls.failNext(Call.MODIFY);
        assertThrows(IOException.class, simulated::select);
        assertEquals(List.of("IN|OUT"), simulated.watched(key));
        simulated.select();
        assertEquals(List.of("IN|RDHUP|EDGE", "OUT|EDGE"), simulated.watched(key));
    }
}
