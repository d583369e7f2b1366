// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.KeventOps;
import io.kevent.compat.support.Link;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static io.kevent.KeventOps.OP_WAKE_ONE;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the action of a select sees of the options, and what it may change. */
@Tag("kevent")
class OptionActionTest {

    private Selector selector;
    private Link link;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        link = Link.open(Link.Kind.TCP);
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        selector.close();
    }

    @Test
    void oneshotHasEmptiedTheInterestWhenTheActionRuns() throws IOException {
        SelectionKey key = register(OP_ONESHOT);
        link.send(1);
        assertEquals(1, selector.select(reported -> {
            assertEquals(0, reported.interestOps());
            assertEquals(OP_READ, reported.readyOps());
        }));
        assertEquals(0, key.interestOps());
    }

    @Test
    void oneshotArmedByTheActionIsReportedAtTheNextSelect() throws IOException {
        SelectionKey key = register(OP_ONESHOT);
        link.send(1);
        for (int i = 0; i < 3; i++) {
            assertEquals(1, selector.select(reported -> reported.interestOps(OP_READ | OP_ONESHOT)));
            assertEquals(OP_READ | OP_ONESHOT, key.interestOps());
        }
        assertEquals(1, link.read(10));
        SelectForm.ACTION.assertSilent(selector);
    }

    @Test
    void dispatchEnabledByTheActionIsReportedAtTheNextSelect() throws IOException {
        register(OP_DISPATCH);
        link.send(1);
        for (int i = 0; i < 3; i++) {
            assertEquals(1, selector.select(reported -> {
                assertEquals(OP_READ | OP_DISPATCH, reported.interestOps());
                reported.interestOpsOr(0);
            }));
        }
        assertEquals(1, link.read(10));
        SelectForm.ACTION.assertSilent(selector);
    }

    @Test
    void dispatchEnabledByTheActionAfterItHasReadReportsNothing() throws IOException {
        register(OP_DISPATCH);
        link.send(1);
        assertEquals(1, selector.select(reported -> {
            readAll();
            reported.interestOps(reported.interestOps());
        }));
        SelectForm.ACTION.assertSilent(selector);
        link.send(1);
        assertEquals(1, selector.select(reported -> readAll()));
    }

    @Test
    void edgeReadInPartByTheActionIsNotReportedAgain() throws IOException {
        register(OP_EDGE);
        link.send(10);
        assertEquals(1, selector.select(reported -> assertEquals(3, read(3))));
        SelectForm.ACTION.assertSilent(selector);
    }

    @Test
    void bytesThatComeWhileTheActionRunsAreReportedAtTheNextSelect() throws IOException {
        SelectionKey key = register(OP_EDGE);
        link.send(10);
        assertEquals(1, selector.select(reported -> {
            readAll();
            send(1);
        }));
        assertEquals(OP_READ, SelectForm.ACTION.report(key));
        SelectForm.ACTION.assertSilent(selector);
    }

    @Test
    void optionTurnedOnByTheActionCountsFromTheNextReport() throws IOException {
        SelectionKey key = register(0);
        link.send(1);
        assertEquals(1, selector.select(reported -> reported.interestOps(OP_READ | OP_ONESHOT)));
        assertEquals(OP_READ | OP_ONESHOT, key.interestOps());
        assertEquals(OP_READ, SelectForm.ACTION.report(key));
        assertEquals(0, key.interestOps());
        SelectForm.ACTION.assertSilent(selector);
    }

    @Test
    void keyCancelledByTheActionLeaves() throws IOException {
        SelectionKey key = register(OP_DISPATCH);
        link.send(1);
        assertEquals(1, selector.select(SelectionKey::cancel));
        assertFalse(key.isValid());
        SelectForm.ACTION.assertSilent(selector);
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void channelClosedByTheActionLeaves() throws IOException {
        register(OP_ONESHOT);
        link.send(1);
        assertEquals(1, selector.select(reported -> {
            try {
                reported.channel().close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }));
        SelectForm.ACTION.assertSilent(selector);
        assertTrue(selector.keys().isEmpty());
    }

    /** Each key is reported once in its life here, so what the select that failed did not report must come with a later one. */
    @ParameterizedTest
    @ValueSource(ints = {OP_EDGE, OP_ONESHOT, OP_DISPATCH, OP_EDGE | OP_ONESHOT, OP_EDGE | OP_WAKE_ONE, OP_DISPATCH | OP_WAKE_ONE})
    void throwingActionLosesNoOtherReport(int options) throws IOException {
        List<Link> links = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                Link each = Link.open(Link.Kind.TCP);
                links.add(each);
                each.send(1);
                KeventOps.register(each.source(), selector, OP_READ | options);
            }
            Set<SelectionKey> reported = new HashSet<>();
            IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> selector.select(key -> {
                reported.add(key);
                throw new IllegalStateException("on purpose");
            }));
            assertEquals("on purpose", thrown.getMessage());
            assertEquals(1, reported.size());
            for (int i = 0; i < links.size(); i++) {
                selector.selectNow(reported::add);
            }
            assertEquals(selector.keys(), reported);
        } finally {
            for (Link each : links) {
                each.close();
            }
        }
    }

    private SelectionKey register(int options) throws IOException {
        return KeventOps.register(link.source(), selector, OP_READ | options);
    }

    private int read(int atMost) {
        try {
            return link.read(atMost);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void readAll() {
        while (read(100) > 0) {
            // until nothing is left
        }
    }

    private void send(int count) {
        try {
            link.send(count);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
