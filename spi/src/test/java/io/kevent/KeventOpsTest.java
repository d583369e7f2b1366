// SPDX-License-Identifier: Apache-2.0
package io.kevent;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Where kevent is not installed: the selectors are the JDK's. What options do toward a selector of kevent is for the compatibility tests. */
class KeventOpsTest {
    private Selector selector;
    private DatagramChannel channel;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        channel = DatagramChannel.open();
        channel.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
        selector.close();
    }

    @Test
    void withoutOptionsItRegistersAsTheChannelDoes() throws IOException {
        SelectionKey key = KeventOps.register(channel, selector, OP_READ, "attached");
        assertEquals(OP_READ, key.interestOps());
        assertEquals("attached", key.attachment());
        assertSame(key, KeventOps.register(channel, selector, OP_WRITE));
        assertEquals(OP_WRITE, key.interestOps());
    }

    @Test
    void optionsTowardASelectorThatAcceptsNoneAreRefusedAndNothingIsRegistered() {
        assertFalse(KeventOps.supportedBy(selector));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> KeventOps.register(channel, selector, OP_READ | KeventOps.OP_EDGE));
        assertEquals("OP_EDGE is not accepted by " + selector.getClass().getName() + ": open the selector with kevent installed", refused.getMessage());
        assertFalse(channel.isRegistered());
    }

    @Test
    void operationThatTheChannelLacksIsNamedWithThoseItHas() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> KeventOps.requireValid(OP_ACCEPT, channel));
        assertEquals("OP_ACCEPT is not an operation of " + channel.getClass().getName() + ", whose operations are OP_READ | OP_WRITE",
                refused.getMessage());
    }

    @Test
    void unknownBitIsNamed() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> KeventOps.requireValid(OP_READ | 1 << 9, channel));
        assertEquals("1<<9 is neither an operation of SelectionKey nor an option of KeventOps", refused.getMessage());
    }

    @Test
    void oneshotAndDispatchExcludeEachOther() {
        int both = KeventOps.OP_ONESHOT | KeventOps.OP_DISPATCH;
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> KeventOps.requireCompatible(both | OP_READ));
        assertEquals("OP_ONESHOT | OP_DISPATCH exclude each other: the first empties the interest set, the second keeps it", refused.getMessage());
    }

    @Test
    void interestSetIsSpelledOut() {
        assertEquals("0", KeventOps.toString(0));
        assertEquals("OP_READ | OP_EDGE", KeventOps.toString(OP_READ | KeventOps.OP_EDGE));
        assertEquals("OP_ONESHOT | OP_DISPATCH | OP_WAKE_ONE | 1<<30", KeventOps.toString(KeventOps.OPTIONS & ~KeventOps.OP_EDGE | 1 << 30));
    }
}
