// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

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
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A peer that goes on sending while nobody waits for it. */
class StreamingPeerTest {
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

    /** Returns how many events the kernel told in vain while the interest was off. */
    private int streamWhileOff(int packets) throws IOException {
        key.interestOps(0);
        simulated.select();
        simulated.calls.reset();
        for (int i = 0; i < packets; i++) {
            simulated.arrive(key, Events.IN);
            assertEquals(Map.of(), simulated.select());
        }
        int told = simulated.calls.told();
        simulated.drain(key, Events.IN);
        key.interestOps(OP_READ);
        assertEquals(Map.of(), simulated.select());
        return told;
    }

    private void offAndOnInPeace() throws IOException {
        key.interestOps(0);
        simulated.select();
        key.interestOps(OP_READ);
        simulated.select();
    }

    @Test
    void wakesTheSelectorAFewTimesOnly() throws IOException {
        assertTrue(streamWhileOff(1000) <= 6);
    }

    @Test
    void isSilencedInTheKernel() throws IOException {
        key.interestOps(0);
        for (int i = 0; i < 10; i++) {
            simulated.arrive(key, Events.IN);
            simulated.select();
        }
        assertEquals(List.of("EDGE"), simulated.watched(key));
    }

    @Test
    void isHeardAgainWhenInterestIsBack() throws IOException {
        key.interestOps(0);
        for (int i = 0; i < 10; i++) {
            simulated.arrive(key, Events.IN);
            simulated.select();
        }
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }

    @Test
    void wakesTheSelectorOnceWhenItHasLearned() throws IOException {
        for (int i = 0; i < 5; i++) {
            streamWhileOff(10);
        }
        assertEquals(1, streamWhileOff(1000));
    }

    @Test
    void isForgivenWhenItHasBeenCalmForLong() throws IOException {
        for (int i = 0; i < 10; i++) {
            streamWhileOff(10);
        }
        for (int i = 0; i < 100; i++) {
            offAndOnInPeace();
        }
        simulated.calls.reset();
        for (int i = 0; i < 100; i++) {
            offAndOnInPeace();
        }
        assertEquals("{COLLECT=200}", simulated.calls.calls());
    }

    @Test
    void doesNotHideTheOtherOperation() throws IOException {
        key.interestOps(OP_READ | OP_WRITE);
        simulated.select();
        key.interestOps(OP_WRITE);
        simulated.select();
        for (int i = 0; i < 10; i++) {
            simulated.arrive(key, Events.IN);
            assertEquals(Map.of(), simulated.select());
        }
        simulated.arrive(key, Events.OUT);
        assertEquals(Map.of(key, OP_WRITE), simulated.select());
        key.interestOps(OP_READ | OP_WRITE);
        assertEquals(Map.of(key, OP_READ | OP_WRITE), simulated.select());
    }

    @Test
    void ofAKeyThatIsSilencedHangUpIsReportedWhenInterestIsBack() throws IOException {
        key.interestOps(0);
        for (int i = 0; i < 10; i++) {
            simulated.arrive(key, Events.IN);
            simulated.select();
        }
        simulated.arrive(key, Events.HUP);
        assertEquals(Map.of(), simulated.select());
        key.interestOps(OP_READ);
        assertEquals(Map.of(key, OP_READ), simulated.select());
    }
}
