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

/** A key whose peer has gone on sending while its interest was off, so often that the kernel is asked to tell it once. */
class OnceKeyTest {
    private static final int CYCLES = 20;

    private SimulatedSelector simulated;
    private SelectionKey key;

    @BeforeEach
    void open() throws IOException {
        simulated = new SimulatedSelector();
        key = simulated.register(OP_READ);
        for (int i = 0; i < 3; i++) {
            streamWhileOff(key, 10);
        }
        assertEquals(List.of("IN|ONCE"), simulated.watched(key));
        simulated.calls.reset();
    }

    @AfterEach
    void close() throws IOException {
        simulated.close();
    }

    private void streamWhileOff(SelectionKey streamed, int packets) throws IOException {
        simulated.select();
        streamed.interestOps(0);
        simulated.select();
        for (int i = 0; i < packets; i++) {
            simulated.arrive(streamed, Events.IN);
            assertEquals(Map.of(), simulated.select());
        }
        simulated.drain(streamed, Events.IN);
        streamed.interestOps(OP_READ);
        assertEquals(Map.of(), simulated.select());
    }

    /** A report, after which the interest is off while more comes and is read, and then on again. */
    private void request() throws IOException {
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        key.interestOps(0);
        for (int i = 0; i < 5; i++) {
            simulated.arrive(key, Events.IN);
            assertEquals(Map.of(), simulated.select());
        }
        simulated.drain(key, Events.IN);
        key.interestOps(OP_READ);
        assertEquals(Map.of(), simulated.select());
    }

    @Test
    void requestCostsOneChangeOfTheRegistrationAndNoQuestion() throws IOException {
        for (int i = 0; i < CYCLES; i++) {
            request();
        }
        assertEquals("{MODIFY=" + CYCLES + ", COLLECT=" + 7 * CYCLES + "}", simulated.calls.calls());
    }

    @Test
    void nothingIsToldInVainWhileTheInterestIsOff() throws IOException {
        for (int i = 0; i < CYCLES; i++) {
            request();
        }
        assertEquals(CYCLES, simulated.calls.told());
    }

    @Test
    void interestThatGoesOffAndOnWithoutAReportCostsNothing() throws IOException {
        for (int i = 0; i < CYCLES; i++) {
            key.interestOps(0);
            simulated.select();
            key.interestOps(OP_READ);
            simulated.select();
        }
        assertEquals("{COLLECT=" + 2 * CYCLES + "}", simulated.calls.calls());
    }

    @Test
    void peerThatStreamsIntoAKeyThatWentOffWithoutAReportIsToldOnce() throws IOException {
        streamWhileOff(key, 1000);
        assertEquals(1, simulated.calls.told());
    }

    @Test
    void whatArrivedWhileTheInterestWasOffIsReportedWhenItIsBack() throws IOException {
        key.interestOps(0);
        simulated.select();
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(), simulated.select());
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void whatIsLeftUnreadIsReportedWhenTheInterestIsBack() throws IOException {
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        key.interestOps(0);
        simulated.select();
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void whatIsLeftUnreadIsReportedAgainWhileTheInterestStaysOn() throws IOException {
        simulated.arrive(key, Events.IN);
        for (int i = 0; i < CYCLES; i++) {
            assertEquals(Map.of(key, OP_READ), simulated.select());
        }
        assertEquals(List.of("IN"), simulated.watched(key));
        assertEquals("{MODIFY=1, COLLECT=" + CYCLES + "}", simulated.calls.calls());
    }

    @Test
    void operationThatStaysOnIsReportedThoughTheOtherWasToldFirst() throws IOException {
        key.interestOps(OP_READ | OP_WRITE);
        simulated.select();
        simulated.arrive(key, Events.OUT);
        assertEquals(Map.of(key, OP_WRITE), simulated.select());
        key.interestOps(OP_READ);
        assertEquals(Map.of(), simulated.select());
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void hangUpWhileTheInterestIsOffIsReportedWhenItIsBack() throws IOException {
        key.interestOps(0);
        simulated.select();
        simulated.arrive(key, Events.HUP);
        assertEquals(Map.of(), simulated.select());
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void peerThatHasBecomeCalmCostsNoChangesAfterAWhile() throws IOException {
        for (int i = 0; i < 40; i++) {
            simulated.request(key);
        }
        assertEquals(List.of("IN|PRI|RDHUP|EDGE"), simulated.watched(key));
        simulated.calls.reset();
        for (int i = 0; i < CYCLES; i++) {
            simulated.request(key);
        }
        assertEquals(0, simulated.calls.registrationCalls(), simulated.calls::calls);
    }

    // ---- other keys of the selector

    /** Makes the selector one whose keys go off and on, with peers that go on sending. */
    private void beNoisy() throws IOException {
        for (int i = 0; i < 8; i++) {
            SelectionKey other = simulated.register(OP_READ);
            for (int j = 0; j < 3; j++) {
                streamWhileOff(other, 10);
            }
        }
    }

    @Test
    void newKeysAreToldOnceFromTheStartButForOneThatTriesForPeace() throws IOException {
        beNoisy();
        int once = 0;
        int edge = 0;
        for (int i = 0; i < 16; i++) {
            SelectionKey other = simulated.register(OP_READ);
            simulated.select();
            once += simulated.watched(other).equals(List.of("IN|ONCE")) ? 1 : 0;
            edge += simulated.watched(other).equals(List.of("IN|PRI|RDHUP|EDGE")) ? 1 : 0;
        }
        assertEquals(15, once);
        assertEquals(1, edge);
    }

    @Test
    void peaceIsLearnedFromOneThatTriesForIt() throws IOException {
        beNoisy();
        SelectionKey calm = simulated.register(OP_READ);
        simulated.select();
        while (!simulated.watched(calm).equals(List.of("IN|PRI|RDHUP|EDGE"))) {
            calm = simulated.register(OP_READ);
            simulated.select();
        }
        for (int i = 0; i < CYCLES; i++) {
            calm.interestOps(0);
            simulated.select();
            calm.interestOps(OP_READ);
            simulated.select();
        }
        SelectionKey later = simulated.register(OP_READ);
        simulated.select();
        assertEquals(List.of("IN|PRI|RDHUP|EDGE"), simulated.watched(later));
    }

    // ---- the end

    @Test
    void channelThatIsClosedAfterItsReportCostsNoCall() throws IOException {
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        key.channel().close();
        simulated.select();
        assertEquals(0, simulated.calls.count(Call.REMOVE));
    }

    @Test
    void channelThatIsClosedWhileItsEventsAreStillToComeIsTakenOut() throws IOException {
        key.channel().close();
        simulated.select();
        assertEquals(List.of(), simulated.watched(key));
        assertEquals(1, simulated.calls.count(Call.REMOVE));
    }

    /** The kernel has been told to be silent of what comes, but tells ends and errors nonetheless. */
    @Test
    void channelThatIsClosedWhileItIsSilencedIsTakenOut() throws IOException {
        SelectionKey silenced = simulated.register(OP_READ);
        streamWhileOff(silenced, 10);
        silenced.interestOps(0);
        for (int i = 0; i < 10; i++) {
            simulated.arrive(silenced, Events.IN);
            simulated.select();
        }
        simulated.arrive(silenced, Events.HUP);
        simulated.select();
        assertEquals(List.of("EDGE"), simulated.watched(silenced));
        silenced.channel().close();
        simulated.select();
        assertEquals(List.of(), simulated.watched(silenced));
    }

    @Test
    void keyThatIsCancelledAfterItsReportIsTakenOut() throws IOException {
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        key.cancel();
        simulated.select();
        assertEquals(List.of(), simulated.watched(key));
    }
}
