// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.KeventOps;
import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Selecting;
import io.kevent.compat.support.Waiting;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static io.kevent.KeventOps.OP_WAKE_ONE;
import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Two selectors watch a listener with OP_WAKE_ONE, one of them not for now: it must not be the one that an event wakes while the other sleeps on. The
 * kernel wakes who was registered first, so both orders are tried.
 */
@Tag("kevent")
@ParameterizedClass
@ValueSource(booleans = {true, false})
class WakeOneInterestTest {

    private final boolean idleIsFirst;
    private Selector idle;
    private Selector watching;
    private SelectionKey idleKey;
    private ServerSocketChannel listener;

    WakeOneInterestTest(boolean idleIsFirst) {
        this.idleIsFirst = idleIsFirst;
    }

    @BeforeEach
    void open() throws IOException {
        idle = Selector.open();
        watching = Selector.open();
        listener = LoopbackPair.listen();
        listener.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
        idle.close();
        watching.close();
    }

    @Test
    void keyWithoutOperation() throws Exception {
        register(OP_WAKE_ONE);
        assertOtherIsWokenWhileIdleIsBlocked();
    }

    @Test
    void operationTurnedOffBetweenSelects() throws Exception {
        register(OP_ACCEPT | OP_WAKE_ONE);
        idleKey.interestOpsAnd(~OP_ACCEPT);
        assertOtherIsWokenWhileIdleIsBlocked();
    }

    @Test
    void edgeTurnedOffBetweenSelects() throws Exception {
        register(OP_ACCEPT | OP_WAKE_ONE | OP_EDGE);
        idleKey.interestOpsAnd(~OP_ACCEPT);
        assertOtherIsWokenWhileIdleIsBlocked();
    }

    @Test
    void operationTurnedOffAndOnAndOffAgain() throws Exception {
        register(OP_ACCEPT | OP_WAKE_ONE);
        for (int i = 0; i < 5; i++) {
            idleKey.interestOpsAnd(~OP_ACCEPT);
            Selecting.assertSilent(idle);
            idleKey.interestOpsOr(OP_ACCEPT);
            Selecting.assertSilent(idle);
        }
        idleKey.interestOpsAnd(~OP_ACCEPT);
        assertOtherIsWokenWhileIdleIsBlocked();
    }

    @Test
    void keyEmptiedByOneshot() throws Exception {
        register(OP_ACCEPT | OP_WAKE_ONE | OP_ONESHOT);
        reportAndAcceptByIdle();
        assertEquals(0, idleKey.interestOps());
        assertOtherIsWokenWhileIdleIsBlocked();
    }

    @Test
    void keyDisabledByDispatch() throws Exception {
        register(OP_ACCEPT | OP_WAKE_ONE | OP_DISPATCH);
        reportAndAcceptByIdle();
        assertOtherIsWokenWhileIdleIsBlocked();
    }

    @Test
    void operationTurnedOffWhileBlocked() throws Exception {
        register(OP_ACCEPT | OP_WAKE_ONE);
        BackgroundTask<Integer> sleeping = BackgroundTask.startAndBlock(idle::select);
        BackgroundTask<Integer> waiting = BackgroundTask.startAndBlock(watching::select);
        idleKey.interestOpsAnd(~OP_ACCEPT);
        Waiting.untilBlocked(sleeping.thread());
        assertIsWoken(waiting);
        idle.wakeup();
        assertEquals(0, sleeping.result());
    }

    @Test
    void keyCancelledWhileBlockedOnceItsSelectorHasSelectedAgain() throws Exception {
        register(OP_ACCEPT | OP_WAKE_ONE);
        BackgroundTask<Integer> sleeping = BackgroundTask.startAndBlock(idle::select);
        BackgroundTask<Integer> waiting = BackgroundTask.startAndBlock(watching::select);
        idleKey.cancel();
        idle.wakeup();
        assertEquals(0, sleeping.result());
        BackgroundTask<Integer> sleepingAgain = BackgroundTask.startAndBlock(idle::select);
        assertIsWoken(waiting);
        idle.wakeup();
        assertEquals(0, sleepingAgain.result());
    }

    @Test
    void keyTurnedOffAndCancelledWhileBlocked() throws Exception {
        register(OP_ACCEPT | OP_WAKE_ONE);
        BackgroundTask<Integer> sleeping = BackgroundTask.startAndBlock(idle::select);
        BackgroundTask<Integer> waiting = BackgroundTask.startAndBlock(watching::select);
        idleKey.interestOps(0);
        idleKey.cancel();
        Waiting.untilBlocked(sleeping.thread());
        assertIsWoken(waiting);
        idle.wakeup();
        assertEquals(0, sleeping.result());
    }

    @Test
    void selectorThatDoesNotSelect() throws Exception {
        register(OP_ACCEPT | OP_WAKE_ONE);
        assertIsWoken(BackgroundTask.startAndBlock(watching::select));
    }

    @Test
    void selectorThatIsClosed() throws Exception {
        register(OP_ACCEPT | OP_WAKE_ONE);
        idle.close();
        assertIsWoken(BackgroundTask.startAndBlock(watching::select));
    }

    /** Both selectors have selected, so that the kernel knows of both keys, in the order that is wanted. */
    private void register(int idleInterest) throws IOException {
        if (idleIsFirst) {
            idleKey = KeventOps.register(listener, idle, idleInterest);
            Selecting.assertSilent(idle);
        }
        KeventOps.register(listener, watching, OP_ACCEPT | OP_WAKE_ONE);
        Selecting.assertSilent(watching);
        if (!idleIsFirst) {
            idleKey = KeventOps.register(listener, idle, idleInterest);
            Selecting.assertSilent(idle);
        }
    }

    private void reportAndAcceptByIdle() throws IOException {
        try (SocketChannel client = SocketChannel.open(listener.getLocalAddress())) {
            assertEquals(OP_ACCEPT, Selecting.report(idleKey));
            listener.accept().close();
            assertTrue(client.isConnected());
        }
        Selecting.assertSilent(watching);
    }

    private void assertOtherIsWokenWhileIdleIsBlocked() throws Exception {
        BackgroundTask<Integer> sleeping = BackgroundTask.startAndBlock(idle::select);
        assertIsWoken(BackgroundTask.startAndBlock(watching::select));
        assertTrue(!sleeping.isDone(), "nothing wakes a selector with its interest off");
        idle.wakeup();
        assertEquals(0, sleeping.result());
    }

    private void assertIsWoken(BackgroundTask<Integer> waiting) throws Exception {
        try (SocketChannel client = SocketChannel.open(listener.getLocalAddress())) {
            assertEquals(1, waiting.result());
            assertTrue(client.isConnected());
        }
    }
}
