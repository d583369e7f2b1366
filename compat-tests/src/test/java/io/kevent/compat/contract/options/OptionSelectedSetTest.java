// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.KeventOps;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Keys with options that the application leaves in the selected set, or whose two operations are reported together. */
@Tag("kevent")
class OptionSelectedSetTest {

    private Selector selector;
    private LoopbackPair pair;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        pair = LoopbackPair.open();
    }

    @AfterEach
    void close() throws IOException {
        pair.close();
        selector.close();
    }

    @Test
    void edgesOfAKeyLeftInTheSetAreCollected() throws IOException {
        SelectionKey key = register(OP_READ | OP_WRITE | OP_EDGE);
        assertEquals(1, selector.select());
        assertEquals(OP_WRITE, key.readyOps());
        pair.send(10);
        assertEquals(1, selector.select());
        assertEquals(Set.of(key), selector.selectedKeys());
        assertEquals(OP_READ | OP_WRITE, key.readyOps());
        assertEquals(0, selector.selectNow());
        assertEquals(Set.of(key), selector.selectedKeys());
    }

    @Test
    void edgeStaysInTheReadySetUntilTheKeyIsReportedAnew() throws IOException {
        SelectionKey key = register(OP_READ | OP_WRITE | OP_EDGE);
        assertEquals(OP_WRITE, Selecting.report(key));
        pair.send(10);
        assertEquals(OP_READ, Selecting.report(key));
        assertEquals(OP_READ, key.readyOps());
    }

    @Test
    void oneshotLeftInTheSetIsNotChanged() throws IOException {
        SelectionKey key = register(OP_WRITE | OP_READ | OP_ONESHOT);
        assertEquals(1, selector.select());
        pair.send(10);
        assertEquals(0, selector.selectNow());
        assertEquals(Set.of(key), selector.selectedKeys());
        assertEquals(OP_WRITE, key.readyOps());
        assertEquals(0, key.interestOps());
    }

    @Test
    void oneshotLeftInTheSetAndArmedAgainAddsWhatIsReady() throws IOException {
        SelectionKey key = register(OP_WRITE | OP_ONESHOT);
        assertEquals(1, selector.select());
        pair.send(10);
        key.interestOps(OP_READ | OP_ONESHOT);
        assertEquals(1, selector.select());
        assertEquals(OP_READ | OP_WRITE, key.readyOps());
        assertEquals(0, key.interestOps());
    }

    @Test
    void dispatchLeftInTheSetAndEnabledAddsWhatIsReady() throws IOException {
        SelectionKey key = register(OP_WRITE | OP_READ | OP_DISPATCH);
        assertEquals(1, selector.select());
        assertEquals(OP_WRITE, key.readyOps());
        pair.send(10);
        assertEquals(0, selector.selectNow());
        assertEquals(OP_WRITE, key.readyOps());
        key.interestOpsOr(0);
        assertEquals(1, selector.select());
        assertEquals(OP_READ | OP_WRITE, key.readyOps());
    }

    @Test
    void oneshotReportsBothOperationsThatAreReady() throws IOException {
        pair.send(10);
        SelectionKey key = register(OP_READ | OP_WRITE | OP_ONESHOT);
        assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
        Selecting.assertSilent(selector);
    }

    @Test
    void dispatchReportsBothOperationsThatAreReady() throws IOException {
        pair.send(10);
        SelectionKey key = register(OP_READ | OP_WRITE | OP_DISPATCH);
        assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
        Selecting.assertSilent(selector);
        key.interestOps(OP_READ | OP_DISPATCH);
        assertEquals(OP_READ, Selecting.report(key));
    }

    @Test
    void resetIsReportedOnceByOneshotAndOncePerEnablingByDispatch() throws IOException {
        pair.resetFar();
        SelectionKey key = register(OP_READ | OP_WRITE | OP_ONESHOT);
        assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
        Selecting.assertSilent(selector);
        key.interestOps(OP_READ | OP_WRITE | OP_DISPATCH);
        assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
        Selecting.assertSilent(selector);
        key.interestOpsOr(0);
        assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
        Selecting.assertSilent(selector);
    }

    @Test
    void manyChangesOfOptionsWhileReadyEndInTheLastOne() throws IOException {
        SelectionKey key = register(OP_READ);
        pair.send(10);
        int[] changes = {OP_EDGE, OP_ONESHOT, 0, OP_DISPATCH, OP_EDGE | OP_ONESHOT, OP_EDGE | OP_DISPATCH, 0, OP_ONESHOT};
        for (int last = 0; last < changes.length; last++) {
            for (int i = 0; i <= last; i++) {
                key.interestOps(OP_READ | changes[i]);
            }
            assertEquals(OP_READ, Selecting.report(key));
            if (changes[last] == 0) {
                assertEquals(OP_READ, Selecting.report(key));
            } else {
                Selecting.assertSilent(selector);
            }
        }
    }

    private SelectionKey register(int ops) throws IOException {
        return KeventOps.register(pair.near(), selector, ops);
    }
}
