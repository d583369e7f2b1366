// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The methods of a key. */
class SelectionKeyTest extends SelectorContract {

    private LoopbackPair pair;
    private SelectionKey key;

    @BeforeEach
    void register() throws IOException {
        pair = pair();
        key = pair.near().register(selector, 0);
    }

    @Test
    void interestOpsReturnsTheKey() {
        assertSame(key, key.interestOps(OP_READ));
        assertEquals(OP_READ, key.interestOps());
    }

    @Test
    void interestOpsReplacesTheSet() {
        for (int ops : new int[] {OP_READ, OP_WRITE, OP_CONNECT, OP_READ | OP_WRITE, 0, OP_READ | OP_WRITE | OP_CONNECT, OP_READ}) {
            assertEquals(ops, key.interestOps(ops).interestOps());
        }
    }

    @Test
    void orAddsAndReturnsWhatWasThereBefore() {
        assertEquals(0, key.interestOpsOr(0));
        assertEquals(0, key.interestOps());
        assertEquals(0, key.interestOpsOr(OP_CONNECT));
        assertEquals(OP_CONNECT, key.interestOps());
        assertEquals(OP_CONNECT, key.interestOpsOr(0));
        assertEquals(OP_CONNECT, key.interestOpsOr(OP_READ | OP_WRITE));
        assertEquals(OP_CONNECT | OP_READ | OP_WRITE, key.interestOps());
    }

    @Test
    void andRemovesAndReturnsWhatWasThereBefore() {
        key.interestOps(OP_CONNECT | OP_READ | OP_WRITE);
        assertEquals(OP_CONNECT | OP_READ | OP_WRITE, key.interestOpsAnd(~(OP_READ | OP_WRITE)));
        assertEquals(OP_CONNECT, key.interestOps());
        assertEquals(OP_CONNECT, key.interestOpsAnd(~OP_CONNECT));
        assertEquals(0, key.interestOps());
        assertEquals(0, key.interestOpsAnd(0));
        assertEquals(0, key.interestOpsAnd(-1));
        assertEquals(0, key.interestOps());
    }

    @Test
    void andTakesAnyBits() {
        key.interestOps(OP_READ | OP_WRITE);
        assertEquals(OP_READ | OP_WRITE, key.interestOpsAnd(~OP_ACCEPT));
        assertEquals(OP_READ | OP_WRITE, key.interestOpsAnd(-1));
        assertEquals(OP_READ | OP_WRITE, key.interestOpsAnd(OP_ACCEPT | OP_READ | 1 << 20));
        assertEquals(OP_READ, key.interestOps());
    }

    @Test
    void operationsThatTheChannelDoesNotHaveAreRefused() {
        key.interestOps(OP_READ);
        for (int ops : new int[] {OP_ACCEPT, OP_ACCEPT | OP_READ, 1 << 1, 1 << 5, 1 << 20, 1 << 31}) {
            assertThrows(IllegalArgumentException.class, () -> key.interestOps(ops));
            assertThrows(IllegalArgumentException.class, () -> key.interestOpsOr(ops));
        }
        assertEquals(OP_READ, key.interestOps(), "a refused change leaves the set as it was");
    }

    @Test
    void concurrentChangesOfSingleBitsAreAllKept() throws Exception {
        int rounds = 20_000;
        BackgroundTask<Void> reads = BackgroundTask.start(toggling(OP_READ, rounds));
        BackgroundTask<Void> writes = BackgroundTask.start(toggling(OP_WRITE, rounds));
        for (int i = 0; i < 500; i++) {
            selector.selectNow();
        }
        reads.result();
        writes.result();
        assertEquals(OP_READ | OP_WRITE, key.interestOps());
        assertReports(key, OP_WRITE);
    }

    private Callable<Void> toggling(int op, int rounds) {
        return () -> {
            for (int i = 0; i < rounds; i++) {
                assertEquals(op, key.interestOpsOr(op) & op ^ op, "was off");
                if (i < rounds - 1) {
                    assertEquals(op, key.interestOpsAnd(~op) & op, "was on");
                }
            }
            return null;
        };
    }

    @Test
    void attachReturnsWhatWasAttachedBefore() {
        Object one = new Object();
        Object two = new Object();
        assertNull(key.attachment());
        assertNull(key.attach(one));
        assertSame(one, key.attachment());
        assertSame(one, key.attach(two));
        assertSame(two, key.attach(null));
        assertNull(key.attachment());
    }

    @Test
    void attachmentStaysThroughSelects() throws IOException {
        Object attachment = new Object();
        key.attach(attachment);
        key.interestOps(OP_WRITE);
        assertReports(key, OP_WRITE);
        assertSame(attachment, selector.selectedKeys().iterator().next().attachment());
        selector.select(found -> assertSame(attachment, found.attachment()));
    }

    @Test
    void attachmentWhoseMethodsThrowDoesNoHarm() throws IOException {
        key.attach(new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("toString");
            }

            @Override
            public int hashCode() {
                throw new IllegalStateException("hashCode");
            }

            @Override
            public boolean equals(Object other) {
                throw new IllegalStateException("equals");
            }
        });
        key.interestOps(OP_WRITE);
        assertReports(key, OP_WRITE);
        assertNotNull(key.toString());
    }

    @Test
    void keysAreEqualByIdentity() throws IOException {
        SelectionKey other = pair().near().register(selector, 0);
        assertNotEquals(key, other);
        assertEquals(key, key);
        Set<SelectionKey> both = new HashSet<>(Set.of(key, other));
        key.interestOps(OP_READ);
        key.attach("changes nothing");
        assertTrue(both.contains(key));
        key.cancel();
        selector.selectNow();
        assertTrue(both.contains(key), "a key can be found in a map all its life");
    }

    @Test
    void readyTestsFollowTheReadyOperations() throws IOException {
        key.interestOps(OP_READ | OP_WRITE);
        assertReports(key, OP_WRITE);
        assertTrue(key.isWritable());
        assertFalse(key.isReadable());
        assertFalse(key.isConnectable());
        assertFalse(key.isAcceptable());
    }

    @Test
    void textNamesTheChannelAndTheState() throws IOException {
        key.interestOps(OP_READ);
        assertTrue(key.toString().contains(pair.near().toString()), key.toString());
        assertTrue(key.toString().contains("interestOps="), key.toString());
        key.cancel();
        assertFalse(key.toString().contains("interestOps="), key.toString());
    }

    @Test
    void keyOfAnUnconnectedChannelTakesAllItsOperations() throws IOException {
        SocketChannel channel = closeLater(SocketChannel.open());
        channel.configureBlocking(false);
        SelectionKey fresh = channel.register(selector, 0);
        assertEquals(0, fresh.interestOpsOr(channel.validOps()));
        assertEquals(channel.validOps(), fresh.interestOps());
    }
}
