// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.Events;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The kernel refuses a call: select says so, and everything else is as if it had not. */
class RefusedCallTest {
    private SimulatedSelector simulated;
    private SelectionKey key;

    @BeforeEach
    void open() throws IOException {
        simulated = new SimulatedSelector();
        key = simulated.register(OP_READ);
    }

    @AfterEach
    void close() throws IOException {
        simulated.close();
    }

    @Test
    void refusedAdditionIsThrownBySelect() {
        simulated.calls.failNext(Call.ADD);
        IOException thrown = assertThrows(IOException.class, simulated::select);
        assertTrue(thrown.getMessage().contains("ENOSPC"), thrown::getMessage);
    }

    @Test
    void refusedAdditionIsTriedAgainByTheNextSelect() throws IOException {
        simulated.arrive(key, Events.IN);
        simulated.calls.failNext(Call.ADD);
        assertThrows(IOException.class, simulated::select);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void refusalThatLastsIsThrownOnceAndOthersAreServedMeanwhile() throws IOException {
        simulated.calls.failNext(Call.ADD, 3);
        assertThrows(IOException.class, simulated::select);
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(), simulated.select());
        SelectionKey other = simulated.register(OP_WRITE);
        simulated.arrive(other, Events.OUT);
        // the third attempt for the first key fails, silently; the other key's addition succeeds
        assertEquals(Map.of(other, OP_WRITE), simulated.select());
        assertEquals(Map.of(key, OP_READ, other, OP_WRITE), simulated.select());
    }

    @Test
    void refusedAdditionIsTriedAgainWhileTheSelectWaits() throws IOException {
        simulated.arrive(key, Events.IN);
        simulated.calls.failNext(Call.ADD, 2);
        assertThrows(IOException.class, simulated::select);
        assertEquals(1, simulated.selector.select());
        assertEquals(Set.of(key), simulated.selector.selectedKeys());
    }

    @Test
    void refusalAfterASuccessIsThrownAgain() throws IOException {
        simulated.calls.failNext(Call.ADD);
        assertThrows(IOException.class, simulated::select);
        simulated.select();
        key.interestOps(OP_READ | OP_WRITE);
        simulated.calls.failNext(Call.MODIFY);
        assertThrows(IOException.class, simulated::select);
    }

    @Test
    void changesBehindARefusedOneAreCarriedOut() throws IOException {
        SelectionKey second = simulated.register(OP_READ);
        SelectionKey third = simulated.register(OP_WRITE);
        simulated.calls.failNext(Call.ADD);
        assertThrows(IOException.class, simulated::select);
        assertEquals(List.of(), simulated.watched(key));
        assertEquals(List.of("IN"), simulated.watched(second));
        assertEquals(List.of("OUT"), simulated.watched(third));
    }

    @Test
    void refusedModificationIsTriedAgainByTheNextSelect() throws IOException {
        simulated.select();
        key.interestOps(OP_READ | OP_WRITE);
        simulated.arrive(key, Events.OUT);
        simulated.calls.failNext(Call.MODIFY);
        assertThrows(IOException.class, simulated::select);
        assertEquals(Map.of(key, OP_WRITE), simulated.select());
    }

    @Test
    void refusedChangeThatIsTakenBackMeanwhileIsNotTried() throws IOException {
        simulated.select();
        key.interestOps(OP_READ | OP_WRITE);
        simulated.calls.failNext(Call.MODIFY);
        assertThrows(IOException.class, simulated::select);
        key.interestOps(OP_READ);
        simulated.calls.reset();
        simulated.select();
        assertEquals("{COLLECT=1}", simulated.calls.calls());
    }

    @Test
    void eventWhoseSilencingIsRefusedIsReportedWhenInterestIsBack() throws IOException {
        simulated.select();
        key.interestOps(0);
        simulated.arrive(key, Events.IN);
        simulated.calls.failNext(Call.MODIFY);
        assertThrows(IOException.class, simulated::select);
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void refusedReturnToLevelLosesNothing() throws IOException {
        simulated.select();
        simulated.makeEdgeTriggered(key, Events.IN);
        simulated.arrive(key, Events.IN);
        simulated.select();
        simulated.calls.failNext(Call.MODIFY);
        int refused = 0;
        for (int i = 0; i < 10; i++) {
            try {
                assertEquals(Map.of(key, OP_READ), simulated.select());
            } catch (IOException e) {
                refused++;
            }
        }
        assertEquals(1, refused);
    }

    @Test
    void edgesFoundBeforeARefusalAreReportedByTheNextSelect() throws IOException {
        simulated.select();
        key.interestOps(0);
        SelectionKey edge = simulated.register(OP_READ | OP_EDGE);
        simulated.select();
        simulated.arrive(key, Events.IN);
        simulated.arrive(edge, Events.IN);
        // the level-triggered key comes first, and is to be made edge-triggered
        simulated.calls.failNext(Call.MODIFY);
        assertThrows(IOException.class, simulated::select);
        assertEquals(Map.of(edge, OP_READ), simulated.select());
    }

    @Test
    void refusedCollectionLosesNothing() throws IOException {
        simulated.makeEdgeTriggered(key, Events.IN);
        simulated.arrive(key, Events.IN);
        simulated.select();
        SelectionKey other = simulated.register(OP_READ);
        simulated.arrive(other, Events.IN);
        simulated.calls.failNext(Call.COLLECT);
        assertThrows(IOException.class, simulated::select);
        assertEquals(Map.of(key, OP_READ, other, OP_READ), simulated.select());
    }

    @Test
    void refusedCollectionOfTheSecondEngineLosesNothingOfTheFirst() throws IOException {
        SelectionKey both = simulated.register(OP_READ | OP_WRITE | OP_EDGE);
        SelectionKey edge = simulated.register(OP_READ | OP_EDGE);
        simulated.select();
        simulated.arrive(both, Events.OUT);
        simulated.arrive(edge, Events.IN);
        // the second engine stands in the first, and is collected from as soon as that has told of it
        simulated.calls.failAfter(Call.COLLECT, 1);
        assertThrows(IOException.class, simulated::select);
        assertEquals(Map.of(both, OP_WRITE, edge, OP_READ), simulated.select());
    }

    @Test
    void refusedProbeLosesNothing() throws IOException {
        simulated.makeEdgeTriggered(key, Events.IN);
        simulated.arrive(key, Events.IN);
        simulated.select();
        simulated.calls.failNext(Call.PROBE);
        assertThrows(IOException.class, simulated::select);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void refusedRemovalReleasesTheOtherKeysAndItsOwn() throws IOException {
        SelectionKey second = simulated.register(OP_READ);
        simulated.select();
        key.cancel();
        second.cancel();
        simulated.calls.failNext(Call.REMOVE);
        assertThrows(IOException.class, simulated::select);
        assertNull(key.channel().keyFor(simulated.selector));
        assertNull(second.channel().keyFor(simulated.selector));
        assertTrue(simulated.selector.keys().isEmpty());
    }

    @Test
    void errorInARemovalReleasesTheOtherKeysAndItsOwn() throws IOException {
        OutOfMemoryError error = new OutOfMemoryError("by the test");
        SelectionKey second = simulated.register(OP_READ);
        simulated.select();
        key.cancel();
        second.cancel();
        simulated.calls.beforeNext(Call.REMOVE, () -> {
            throw error;
        });
        assertSame(error, assertThrows(OutOfMemoryError.class, simulated::select));
        assertNull(key.channel().keyFor(simulated.selector));
        assertNull(second.channel().keyFor(simulated.selector));
        assertTrue(simulated.selector.keys().isEmpty());
    }

    @Test
    void allRefusedRemovalsAreTold() throws IOException {
        SelectionKey second = simulated.register(OP_READ);
        simulated.select();
        key.cancel();
        second.cancel();
        simulated.calls.failNext(Call.REMOVE, 2);
        assertEquals(1, assertThrows(IOException.class, simulated::select).getSuppressed().length);
    }

    @Test
    void closeThatFailsReleasesTheKeys() throws IOException {
        AssertionError error = new AssertionError("by the test");
        simulated.select();
        simulated.calls.beforeNext(Call.CLOSE, () -> {
            throw error;
        });
        assertSame(error, assertThrows(AssertionError.class, simulated.selector::close));
        assertNull(key.channel().keyFor(simulated.selector));
    }

    @Test
    void channelOfARefusedRemovalReleasesItsDescriptorWhenClosed() throws IOException {
        simulated.select();
        simulated.calls.failNext(Call.REMOVE);
        key.channel().close();
        assertThrows(IOException.class, simulated::select);
        assertFalse(key.channel().isRegistered());
    }

    @Test
    void descriptorThatNativeCodeClosedDoesNotKeepOthersFromBeingServed() throws IOException {
        SelectionKey other = simulated.register(OP_READ);
        simulated.select();
        simulated.kernel.closeBehindOurBack(simulated.fd(key));
        key.interestOps(OP_READ | OP_WRITE);
        simulated.arrive(other, Events.IN);
        assertEquals(Map.of(other, OP_READ), simulated.select());
    }

    @Test
    void suspectWhoseDescriptorNativeCodeClosedIsNotReady() throws IOException {
        SelectionKey other = simulated.register(OP_READ);
        simulated.makeEdgeTriggered(key, Events.IN);
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        simulated.kernel.closeBehindOurBack(simulated.fd(key));
        simulated.arrive(other, Events.IN);
        assertEquals(Map.of(other, OP_READ), simulated.select());
        simulated.calls.reset();
        simulated.select();
        assertEquals(0, simulated.calls.count(Call.PROBE));
    }
}
