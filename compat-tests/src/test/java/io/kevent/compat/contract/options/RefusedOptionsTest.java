// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.KeventOps;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static io.kevent.KeventOps.OPTIONS;
import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What an interest set with options refuses, on each kind of channel: the message says what, and nothing has changed. */
@Tag("kevent")
@ParameterizedClass
@EnumSource(ChannelOfKind.class)
class RefusedOptionsTest {

    private static final int OPERATIONS = SelectionKey.OP_READ | SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT | SelectionKey.OP_ACCEPT;
    private static final String[] OPTION_NAMES = {"OP_EDGE", "OP_ONESHOT", "OP_DISPATCH", "OP_WAKE_ONE"};

    private final ChannelOfKind kind;
    private Selector selector;
    private SelectableChannel channel;

    RefusedOptionsTest(ChannelOfKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        channel = kind.open();
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
        selector.close();
    }

    @Test
    void eachUnknownBitIsRefusedByRegisterAndNamed() {
        for (int place = 0; place < Integer.SIZE; place++) {
            int bit = 1 << place;
            if ((bit & (OPERATIONS | OPTIONS)) == 0) {
                assertRefused("1<<" + place, () -> KeventOps.register(channel, selector, bit | OP_EDGE));
                assertFalse(channel.isRegistered());
            }
        }
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void eachUnknownBitIsRefusedByTheInterestSetAndNamed() throws IOException {
        int interest = channel.validOps() | OP_EDGE;
        SelectionKey key = KeventOps.register(channel, selector, interest);
        for (int place = 0; place < Integer.SIZE; place++) {
            int bit = 1 << place;
            if ((bit & (OPERATIONS | OPTIONS)) == 0) {
                assertRefused("1<<" + place, () -> key.interestOps(bit | OP_EDGE));
                assertRefused("1<<" + place, () -> key.interestOpsOr(bit));
                assertEquals(interest, key.interestOps());
            }
        }
    }

    @Test
    void eachOperationThatTheChannelHasNotIsRefusedAndNamed() throws IOException {
        SelectionKey key = channel.register(selector, 0);
        for (int place = 0; place < 5; place++) {
            int operation = OPERATIONS & ~channel.validOps() & 1 << place;
            if (operation != 0) {
                assertRefused(KeventOps.toString(operation), () -> key.interestOps(operation | OP_EDGE));
                assertRefused(KeventOps.toString(operation), () -> key.interestOpsOr(operation | OP_EDGE));
                assertRefused(KeventOps.toString(operation), () -> KeventOps.register(channel, selector, operation | OP_EDGE));
                assertEquals(0, key.interestOps());
            }
        }
    }

    @Test
    void oneshotAndDispatchTogetherAreRefusedAndBothNamed() throws IOException {
        int both = OP_ONESHOT | OP_DISPATCH;
        assertExclude(() -> KeventOps.register(channel, selector, channel.validOps() | both));
        assertFalse(channel.isRegistered());
        SelectionKey key = channel.register(selector, 0);
        assertExclude(() -> key.interestOps(both));
        assertExclude(() -> key.interestOps(OPTIONS));
        assertExclude(() -> key.interestOpsOr(both));
        assertExclude(() -> KeventOps.register(channel, selector, both, "attachment"));
        assertEquals(0, key.interestOps());
        assertEquals(null, key.attachment());
    }

    @Test
    void addingTheOtherOfTheTwoThatExcludeEachOtherIsRefused() throws IOException {
        SelectionKey key = KeventOps.register(channel, selector, OP_ONESHOT);
        assertExclude(() -> key.interestOpsOr(OP_DISPATCH));
        assertEquals(OP_ONESHOT, key.interestOps());
        key.interestOps(OP_DISPATCH);
        assertExclude(() -> key.interestOpsOr(OP_ONESHOT));
        assertEquals(OP_DISPATCH, key.interestOps());
    }

    @Test
    void selectorOfTheJdkRefusesEachOptionAndIsNamed() throws Exception {
        try (Selector foreign = jdkSelector()) {
            assertFalse(KeventOps.supportedBy(foreign));
            for (int i = 0; i < OPTION_NAMES.length; i++) {
                int option = OP_EDGE << i;
                Executable register = () -> KeventOps.register(channel, foreign, channel.validOps() | option);
                assertRefused(foreign.getClass().getName(), register);
                assertRefused(OPTION_NAMES[i], register);
            }
            assertTrue(foreign.keys().isEmpty());
            assertFalse(channel.isRegistered());
        }
    }

    @Test
    void keyOfASelectorOfTheJdkRefusesEachOption() throws Exception {
        try (Selector foreign = jdkSelector()) {
            SelectionKey key = KeventOps.register(channel, foreign, channel.validOps());
            assertThrows(IllegalArgumentException.class, () -> key.interestOps(OP_EDGE));
            assertThrows(IllegalArgumentException.class, () -> KeventOps.register(channel, foreign, OP_EDGE));
            assertEquals(channel.validOps(), key.interestOps());
        }
    }

    @Test
    void whatPlainRegisterRefusesIsRefusedWithOptionsToo() throws IOException {
        assertThrows(NullPointerException.class, () -> KeventOps.register(null, selector, OP_EDGE));
        assertThrows(NullPointerException.class, () -> KeventOps.register(channel, null, OP_EDGE));
        channel.configureBlocking(true);
        assertThrows(IllegalBlockingModeException.class, () -> KeventOps.register(channel, selector, OP_EDGE));
        channel.configureBlocking(false);
        selector.close();
        assertThrows(ClosedSelectorException.class, () -> KeventOps.register(channel, selector, OP_EDGE));
        channel.close();
        assertThrows(ClosedChannelException.class, () -> KeventOps.register(channel, selector, OP_EDGE));
    }

    private static void assertExclude(Executable change) {
        assertRefused("OP_ONESHOT", change);
        assertRefused("OP_DISPATCH", change);
    }

    private static void assertRefused(String named, Executable change) {
        String message = assertThrows(IllegalArgumentException.class, change).getMessage();
        assertTrue(message != null && message.contains(named), () -> "\"" + message + "\" does not name " + named);
    }

    private static Selector jdkSelector() throws ReflectiveOperationException, IOException {
        SelectorProvider provider = (SelectorProvider) Class.forName("sun.nio.ch.DefaultSelectorProvider").getMethod("get").invoke(null);
        return provider.openSelector();
    }
}
