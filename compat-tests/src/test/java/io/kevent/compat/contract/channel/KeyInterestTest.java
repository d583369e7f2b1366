// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** The interest set of each kind of channel, and changing it. */
class KeyInterestTest {

    private static final int[] OPERATIONS = {OP_READ, OP_WRITE, OP_CONNECT, OP_ACCEPT};

    private Selector selector;
    private LoopbackPair pair;
    private SelectionKey key;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        pair = LoopbackPair.open();
        key = pair.near().register(selector, 0);
    }

    @AfterEach
    void close() throws IOException {
        pair.close();
        selector.close();
    }

    @Test
    void socketRefusesAccept() throws IOException {
        assertOperations(SocketChannel.open(), OP_READ | OP_WRITE | OP_CONNECT);
    }

    @Test
    void listenerRefusesAllButAccept() throws IOException {
        assertOperations(ServerSocketChannel.open(), OP_ACCEPT);
    }

    @Test
    void datagramChannelRefusesConnectAndAccept() throws IOException {
        assertOperations(DatagramChannel.open(), OP_READ | OP_WRITE);
    }

    @Test
    void endsOfAPipeRefuseWhatTheyCannotDo() throws IOException {
        Pipe pipe = Pipe.open();
        assertOperations(pipe.source(), OP_READ);
        assertOperations(pipe.sink(), OP_WRITE);
    }

    @Test
    void orAddsAndTellsWhatWasBefore() {
        assertEquals(0, key.interestOpsOr(OP_READ));
        assertEquals(OP_READ, key.interestOpsOr(OP_WRITE));
        assertEquals(OP_READ | OP_WRITE, key.interestOpsOr(OP_READ));
        assertEquals(OP_READ | OP_WRITE, key.interestOps());
    }

    @Test
    void andRemovesAndTellsWhatWasBefore() {
        key.interestOps(OP_READ | OP_WRITE);
        assertEquals(OP_READ | OP_WRITE, key.interestOpsAnd(~OP_READ));
        assertEquals(OP_WRITE, key.interestOpsAnd(-1));
        assertEquals(OP_WRITE, key.interestOpsAnd(0));
        assertEquals(0, key.interestOps());
    }

    @Test
    void refusedOrLeavesTheInterestAsItWas() {
        key.interestOps(OP_READ);
        assertThrows(IllegalArgumentException.class, () -> key.interestOpsOr(OP_ACCEPT));
        assertEquals(OP_READ, key.interestOps());
    }

    @Test
    void addedAndRemovedInterestTakesEffectAtTheNextSelect() throws IOException {
        key.interestOpsOr(OP_WRITE);
        assertEquals(OP_WRITE, Selecting.report(key));
        key.interestOpsAnd(~OP_WRITE);
        Selecting.assertSilent(selector);
        key.interestOpsOr(OP_READ);
        pair.send(1);
        assertEquals(OP_READ, Selecting.report(key));
    }

    @Test
    void concurrentChangesLoseNone() throws Exception {
        BackgroundTask<Void> reads = BackgroundTask.start(() -> toggle(OP_READ));
        BackgroundTask<Void> writes = BackgroundTask.start(() -> toggle(OP_WRITE));
        reads.result();
        writes.result();
        assertEquals(0, key.interestOps());
    }

    @Test
    void concurrentChangesDuringSelectsLoseNone() throws Exception {
        BackgroundTask<Void> reads = BackgroundTask.start(() -> toggle(OP_READ));
        BackgroundTask<Void> writes = BackgroundTask.start(() -> toggle(OP_WRITE));
        while (!reads.isDone() || !writes.isDone()) {
            selector.selectNow();
            selector.selectedKeys().clear();
        }
        reads.result();
        writes.result();
        assertEquals(0, key.interestOps());
        Selecting.assertSilent(selector);
    }

    @Test
    void cancelledKeyRefusesItsInterest() {
        key.cancel();
        assertThrows(CancelledKeyException.class, key::interestOps);
        assertThrows(CancelledKeyException.class, () -> key.interestOps(OP_READ));
        assertThrows(CancelledKeyException.class, () -> key.interestOpsOr(OP_READ));
        assertThrows(CancelledKeyException.class, () -> key.interestOpsAnd(0));
        assertThrows(CancelledKeyException.class, key::readyOps);
    }

    /** Sets and clears one operation, which nobody else touches. */
    private Void toggle(int operation) {
        for (int i = 0; i < 5_000; i++) {
            assertEquals(0, key.interestOpsOr(operation) & operation);
            assertEquals(operation, key.interestOpsAnd(~operation) & operation);
        }
        return null;
    }

    private void assertOperations(SelectableChannel channel, int operations) throws IOException {
        try (channel) {
            assertEquals(operations, channel.validOps());
            channel.configureBlocking(false);
            for (int operation : OPERATIONS) {
                if ((operations & operation) == 0) {
                    assertThrows(IllegalArgumentException.class, () -> channel.register(selector, operation));
                    assertFalse(channel.isRegistered());
                }
            }
            SelectionKey own = channel.register(selector, operations);
            assertEquals(operations, own.interestOps());
            for (int operation : OPERATIONS) {
                if ((operations & operation) == 0) {
                    assertThrows(IllegalArgumentException.class, () -> own.interestOps(operation));
                    assertEquals(operations, own.interestOps());
                }
            }
        }
    }
}
