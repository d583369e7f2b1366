// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.KeventOps;
import io.kevent.provider.kernel.Events;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectionKey;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_WAKE_ONE;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Registering with options a channel that the selector knows: one change of its key. */
class RegisterAgainTest {
    private SimulatedSelector simulated;
    private SelectionKey key;

    @BeforeEach
    void open() throws IOException {
        simulated = new SimulatedSelector();
        key = simulated.register(OP_READ | OP_EDGE);
        simulated.select();
    }

    @AfterEach
    void close() throws IOException {
        simulated.close();
    }

    private SelectionKey registerAgain(int ops) throws IOException {
        return KeventOps.register(key.channel(), simulated.selector, ops, "attached");
    }

    @Test
    void sameInterestReportsNothingAnew() throws IOException {
        simulated.arrive(key, Events.IN);
        assertEquals(Map.of(key, OP_READ), simulated.select());
        registerAgain(OP_READ | OP_EDGE);
        assertEquals(Map.of(), simulated.select());
    }

    @ParameterizedTest
    @ValueSource(ints = {OP_EDGE, OP_EDGE | OP_WAKE_ONE})
    void sameInterestCostsNoCall(int options) throws IOException {
        key.interestOps(OP_READ | options);
        simulated.select();
        simulated.calls.reset();
        registerAgain(OP_READ | options);
        simulated.select();
        assertEquals("{COLLECT=1}", simulated.calls.calls());
    }

    @Test
    void keyIsTheSameWithTheNewInterestAndAttachment() throws IOException {
        assertSame(key, registerAgain(OP_READ | OP_WAKE_ONE));
        assertEquals(OP_READ | OP_WAKE_ONE, key.interestOps());
        assertEquals("attached", key.attachment());
    }

    @Test
    void closedChannelIsRefused() throws IOException {
        key.channel().close();
        assertThrows(ClosedChannelException.class, () -> registerAgain(OP_READ | OP_EDGE));
    }

    @Test
    void cancelledKeyIsRefused() {
        key.cancel();
        assertThrows(CancelledKeyException.class, () -> registerAgain(OP_READ | OP_EDGE));
    }

    @Test
    void blockingChannelIsRefused() throws IOException {
        key.cancel();
        key.channel().configureBlocking(true);
        assertThrows(IllegalBlockingModeException.class, () -> registerAgain(OP_READ | OP_EDGE));
    }
}
