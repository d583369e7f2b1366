// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.KeventOps;
import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static io.kevent.KeventOps.OPTIONS;
import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static io.kevent.KeventOps.OP_WAKE_ONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Each option and each combination of options is taken, given back, and never shown as ready, on each kind of channel. */
@Tag("kevent")
@ParameterizedClass
@EnumSource(ChannelOfKind.class)
class AcceptedOptionsTest {

    private final ChannelOfKind kind;
    private Selector selector;
    private SelectableChannel channel;

    AcceptedOptionsTest(ChannelOfKind kind) {
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
    void registerTakesEachCombination() throws IOException {
        for (int options : combinations()) {
            int ops = channel.validOps() | options;
            SelectionKey key = KeventOps.register(channel, selector, ops, options);
            assertEquals(ops, key.interestOps());
            assertEquals(options, key.attachment());
            assertSame(key, channel.keyFor(selector));
        }
    }

    @Test
    void firstRegistrationTakesEachCombination() throws IOException {
        for (int options : combinations()) {
            try (SelectableChannel fresh = kind.open()) {
                assertEquals(fresh.validOps() | options, KeventOps.register(fresh, selector, fresh.validOps() | options).interestOps());
                selector.selectNow();
                selector.selectedKeys().clear();
            }
        }
    }

    @Test
    void interestSetTakesEachCombination() throws IOException {
        SelectionKey key = channel.register(selector, 0);
        for (int options : combinations()) {
            int ops = channel.validOps() | options;
            assertSame(key, key.interestOps(ops));
            assertEquals(ops, key.interestOps());
        }
    }

    @Test
    void orAndAndTakeEachCombination() throws IOException {
        SelectionKey key = channel.register(selector, 0);
        for (int options : combinations()) {
            assertEquals(0, key.interestOpsOr(options));
            assertEquals(options, key.interestOpsOr(channel.validOps()));
            assertEquals(options | channel.validOps(), key.interestOpsAnd(~options));
            assertEquals(channel.validOps(), key.interestOpsAnd(0));
        }
    }

    @Test
    void readySetNeverShowsAnOption() throws IOException {
        SelectionKey key = channel.register(selector, 0);
        for (int options : combinations()) {
            key.interestOps(channel.validOps() | options);
            selector.selectNow();
            selector.selectedKeys().clear();
            assertEquals(0, key.readyOps() & OPTIONS, () -> KeventOps.toString(key.readyOps()));
            selector.selectNow(reported -> assertEquals(0, reported.readyOps() & OPTIONS));
        }
    }

    @Test
    void optionsWithNoOperationReportNothing() throws IOException {
        SelectionKey key = channel.register(selector, 0);
        for (int options : combinations()) {
            key.interestOps(options);
            // most kinds are hung up when just opened, which is the hardest case
            Selecting.assertSilent(selector);
            assertEquals(options, key.interestOps());
        }
    }

    @Test
    void optionsWithNoOperationDoNotEndTheWait() throws IOException {
        KeventOps.register(channel, selector, OP_EDGE | OP_WAKE_ONE);
        long begin = System.nanoTime();
        assertEquals(0, selector.select(100));
        assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(100), "select came back early");
    }

    @Test
    void plainRegisteringDropsTheOptions() throws IOException {
        SelectionKey key = KeventOps.register(channel, selector, channel.validOps() | OP_EDGE, "with");
        assertSame(key, channel.register(selector, channel.validOps(), "without"));
        assertEquals(channel.validOps(), key.interestOps());
        assertEquals("without", key.attachment());
    }

    /** All subsets of the options but those with the two that exclude each other. */
    private static List<Integer> combinations() {
        List<Integer> all = new ArrayList<>();
        for (int options = OP_EDGE; options <= OPTIONS; options += OP_EDGE) {
            if ((options & OP_ONESHOT) == 0 || (options & OP_DISPATCH) == 0) {
                all.add(options);
            }
        }
        assertEquals(11, all.size());
        return all;
    }
}
