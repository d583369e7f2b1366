// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.kernel.Events;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A key goes away after the kernel has told of it and before it is reported. */
class DescriptorReuseTest {
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

    @Test
    void eventOfAKeyThatIsCancelledAfterTheCollectionIsDropped() throws IOException {
        SelectionKey other = simulated.register(OP_READ);
        simulated.arrive(key, Events.IN);
        simulated.arrive(other, Events.IN);
        simulated.kernel.onNextCollected(key::cancel);
        assertEquals(Map.of(other, OP_READ), simulated.select());
        assertEquals(Map.of(other, OP_READ), simulated.select());
    }

    @Test
    void eventOfASuspectThatIsCancelledAfterTheProbeIsDropped() throws IOException {
        SelectionKey other = simulated.register(OP_READ);
        simulated.makeEdgeTriggered(key, Events.IN);
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        // something to collect, or the turn ends with the probe
        simulated.arrive(other, Events.IN);
        simulated.kernel.onNextCollected(key::cancel);
        assertEquals(Map.of(other, OP_READ), simulated.select());
        assertEquals(Set.of(other), simulated.selector.keys());
    }

    @Test
    void eventOfAChannelThatIsClosedAfterTheCollectionIsDropped() throws IOException {
        simulated.arrive(key, Events.IN);
        simulated.kernel.onNextCollected(() -> closeChannel(key));
        assertEquals(Map.of(), simulated.select());
        assertTrue(simulated.selector.keys().isEmpty());
    }

    @Test
    void nextKeyOfTheSameChannelHearsNothingOfTheOldOne() throws IOException {
        simulated.makeEdgeTriggered(key, Events.IN);
        simulated.arrive(key, Events.IN);
        simulated.select();
        key.cancel();
        simulated.drain(key, Events.IN);
        simulated.select();
        key.channel().register(simulated.selector, OP_READ);
        assertEquals(Map.of(), simulated.select());
    }

    private static void closeChannel(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
