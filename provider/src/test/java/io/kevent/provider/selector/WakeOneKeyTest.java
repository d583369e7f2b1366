// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.KeventOps;
import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.Events;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static io.kevent.KeventOps.OP_WAKE_ONE;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Keys with {@code OP_WAKE_ONE}: the kernel must know of them exactly while they wait. */
class WakeOneKeyTest {
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
    void isWatchedExclusively() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WAKE_ONE);
        simulated.select();
        assertEquals(List.of("IN|EXCLUSIVE"), simulated.watched(key));
    }

    @Test
    void isWatchedExclusivelyByEdge() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WAKE_ONE | OP_EDGE);
        simulated.select();
        assertEquals(List.of("IN|EXCLUSIVE|EDGE"), simulated.watched(key));
    }

    @Test
    void leavesTheKernelWhenInterestGoesOff() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WAKE_ONE);
        simulated.select();
        key.interestOps(OP_WAKE_ONE);
        simulated.select();
        assertEquals(List.of(), simulated.watched(key));
    }

    @Test
    void comesBackWhenInterestIsBack() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WAKE_ONE);
        simulated.select();
        key.interestOps(OP_WAKE_ONE);
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(), simulated.select());
        key.interestOps(OP_READ | OP_WAKE_ONE);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void isRemovedAndAddedWhenItsOperationsChange() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WAKE_ONE);
        simulated.select();
        simulated.calls.reset();
        key.interestOps(OP_READ | OP_WRITE | OP_WAKE_ONE);
        simulated.select();
        assertEquals("{ADD=1, REMOVE=1, COLLECT=1}", simulated.calls.calls());
        assertEquals(List.of("IN|OUT|EXCLUSIVE"), simulated.watched(key));
    }

    @Test
    void leavesTheKernelWhenDispatched() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WAKE_ONE | OP_DISPATCH);
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        simulated.select();
        assertEquals(List.of(), simulated.watched(key));
        key.interestOps(OP_READ | OP_WAKE_ONE | OP_DISPATCH);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void leavesTheKernelAfterItsOneShot() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WAKE_ONE | OP_ONESHOT);
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        simulated.select();
        assertEquals(List.of(), simulated.watched(key));
    }

    @Test
    void leavesTheKernelWhenTurnedOffByTheActionOfAnotherKey() throws IOException {
        List<SelectionKey> keys = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            keys.add(simulated.register(OP_READ | OP_WAKE_ONE));
            simulated.arrive(keys.get(i), Events.IN);
        }
        List<SelectionKey> reported = new ArrayList<>();
        simulated.selector.selectNow(key -> {
            reported.add(key);
            keys.stream().filter(other -> other != key).forEach(other -> other.interestOps(OP_WAKE_ONE));
        });
        assertEquals(1, reported.size());
        simulated.select();
        keys.removeAll(reported);
        assertEquals(List.of(), simulated.watched(keys.get(0)));
    }

    @Test
    void eventThatComesWhenItsSelectorIsTurnedOffIsFoundByAnother() throws IOException {
        eventIsFoundByAnother(OP_READ | OP_WAKE_ONE, key -> key.interestOps(OP_WAKE_ONE));
    }

    @Test
    void eventThatComesWhenItsSelectorIsTurnedOffWithTheOptionIsFoundByAnother() throws IOException {
        eventIsFoundByAnother(OP_READ | OP_WAKE_ONE, key -> key.interestOps(0));
    }

    @Test
    void edgeThatComesWhenItsSelectorIsTurnedOffIsFoundByAnother() throws IOException {
        eventIsFoundByAnother(OP_READ | OP_WAKE_ONE | OP_EDGE, key -> key.interestOps(OP_WAKE_ONE | OP_EDGE));
    }

    @Test
    void eventThatComesWhenItsKeyIsCancelledIsFoundByAnother() throws IOException {
        eventIsFoundByAnother(OP_READ | OP_WAKE_ONE, SelectionKey::cancel);
    }

    /** Of two selectors the kernel tells the first, which lets go before it has reported it. */
    private void eventIsFoundByAnother(int ops, Consumer<SelectionKey> letGo) throws IOException {
        SelectionKey key = simulated.register(ops);
        simulated.select();
        try (SimulatedSelector other = new SimulatedSelector(simulated.kernel)) {
            SelectionKey second = KeventOps.register(key.channel(), other.selector, ops);
            other.select();
            simulated.arrive(key, Events.IN);
            simulated.kernel.onNextCollected(() -> letGo.accept(key));
            assertEquals(Map.of(), simulated.select());
            assertEquals(Map.of(second, OP_READ), other.select());
            assertEquals((ops & OP_EDGE) != 0 ? Map.of() : Map.of(second, OP_READ), other.select(), "level-triggered, or once");
        }
    }

    @Test
    void eventIsFoundByAnotherWhoseInterestWasOffForAMoment() throws IOException {
        eventIsFoundByAnotherThatWasOffForAMoment(OP_WAKE_ONE);
    }

    @Test
    void eventIsFoundByAnotherThatWasOffWithTheOptionForAMoment() throws IOException {
        eventIsFoundByAnotherThatWasOffForAMoment(0);
    }

    private void eventIsFoundByAnotherThatWasOffForAMoment(int off) throws IOException {
        int ops = OP_READ | OP_WAKE_ONE;
        SelectionKey key = simulated.register(ops);
        simulated.select();
        try (SimulatedSelector other = new SimulatedSelector(simulated.kernel)) {
            SelectionKey second = KeventOps.register(key.channel(), other.selector, ops);
            other.select();
            second.interestOps(off);
            simulated.arrive(key, Events.IN);
            simulated.kernel.onNextCollected(() -> key.interestOps(OP_WAKE_ONE));
            assertEquals(Map.of(), simulated.select());
            second.interestOps(ops);
            assertEquals(Map.of(second, OP_READ), other.select());
        }
    }

    @Test
    void eventOfASelectorThatIsClosedIsFoundByAnother() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WAKE_ONE);
        simulated.select();
        try (SimulatedSelector other = new SimulatedSelector(simulated.kernel)) {
            SelectionKey second = KeventOps.register(key.channel(), other.selector, OP_READ | OP_WAKE_ONE);
            other.select();
            simulated.arrive(second, Events.IN);
            simulated.selector.close();
            assertEquals(Map.of(second, OP_READ), other.select());
        }
    }

    @Test
    void selectorsThatAreToldWhatMeansNothingDoNotWakeEachOther() throws IOException {
        int ops = OP_READ | OP_CONNECT | OP_WAKE_ONE;
        SelectionKey key = simulated.registerConnected(ops);
        try (SimulatedSelector other = new SimulatedSelector(simulated.kernel)) {
            KeventOps.register(key.channel(), other.selector, ops);
            simulated.arrive(key, Events.OUT);
            for (int i = 0; i < 5; i++) {
                assertEquals(Map.of(), simulated.select());
                assertEquals(Map.of(), other.select());
            }
            simulated.calls.reset();
            other.calls.reset();
            simulated.select();
            other.select();
            assertEquals(0, simulated.calls.registrationCalls() + other.calls.registrationCalls());
        }
    }

    @Test
    void selectorThatWatchesAsOneOfAllIsNotOfferedAnything() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WAKE_ONE);
        simulated.select();
        try (SimulatedSelector other = new SimulatedSelector(simulated.kernel)) {
            SelectionKey second = KeventOps.register(key.channel(), other.selector, OP_READ | OP_EDGE);
            simulated.arrive(key, Events.IN);
            assertEquals(Map.of(second, OP_READ), other.select());
            simulated.kernel.onNextCollected(() -> key.interestOps(OP_WAKE_ONE));
            assertEquals(Map.of(), simulated.select());
            assertEquals(Map.of(), other.select(), "told once");
        }
    }

    @Test
    void keyThatIsDispatchedAndEnabledBeforeTheNextSelectCostsNoCall() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WAKE_ONE | OP_DISPATCH);
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        simulated.calls.reset();
        key.interestOps(OP_READ | OP_WAKE_ONE | OP_DISPATCH);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        assertEquals(0, simulated.calls.registrationCalls());
    }

    @Test
    void selectorThatIsOfferedWhatItDoesNotWaitForSleepsOn() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WAKE_ONE);
        simulated.select();
        try (SimulatedSelector other = new SimulatedSelector(simulated.kernel)) {
            KeventOps.register(key.channel(), other.selector, OP_WAKE_ONE);
            other.select();
            simulated.arrive(key, Events.IN);
            simulated.kernel.onNextCollected(() -> key.interestOps(OP_WAKE_ONE));
            other.calls.reset();
            assertEquals(Map.of(), simulated.select());
            assertEquals("{}", other.calls.calls());
        }
    }

    @Test
    void optionTurnedOffBringsThePlainManner() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WAKE_ONE);
        simulated.select();
        key.interestOps(OP_READ);
        simulated.select();
        assertEquals(List.of("IN"), simulated.watched(key));
    }

    @Test
    void edgesComeAfterARefusedChangeThatIsTakenBack() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WRITE | OP_WAKE_ONE | OP_EDGE);
        simulated.select();
        key.interestOps(OP_WRITE | OP_WAKE_ONE | OP_EDGE);
        simulated.calls.failNext(Call.ADD);
        assertThrows(IOException.class, simulated::select);
        key.interestOps(OP_READ | OP_WRITE | OP_WAKE_ONE | OP_EDGE);
        assertEquals(Map.of(), simulated.select());
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void keyThatCannotBeWatchedAnotherWayIsBroughtBackByTheNextSelect() throws IOException {
        SelectionKey key = simulated.registerConnected(OP_READ | OP_CONNECT | OP_WAKE_ONE);
        simulated.select();
        // means nothing to one that is connected, and would be told again and again
        simulated.arrive(key, Events.OUT);
        simulated.calls.failNext(Call.ADD);
        assertThrows(IOException.class, simulated::select);
        simulated.select();
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void refusedReturnIsTriedAgain() throws IOException {
        SelectionKey key = simulated.register(OP_READ | OP_WAKE_ONE);
        simulated.select();
        key.interestOps(OP_READ | OP_WRITE | OP_WAKE_ONE);
        simulated.calls.failNext(Call.ADD);
        assertThrows(IOException.class, simulated::select);
        simulated.arrive(key, Events.OUT);
        assertEquals(Map.of(key, OP_WRITE), simulated.select());
    }
}
