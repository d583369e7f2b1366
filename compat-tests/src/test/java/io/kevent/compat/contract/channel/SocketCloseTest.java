// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.OpenFiles;
import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What close does to a channel that is registered, that another thread is blocked in, or both one after the other. */
class SocketCloseTest {

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
    void closeCancelsTheKeyAtOnce() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.near().close();
        assertFalse(key.isValid());
        assertFalse(pair.near().isOpen());
    }

    @Test
    void keyOfAClosedChannelLeavesWithTheNextSelect() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.near().close();
        assertEquals(Set.of(key), selector.keys());
        assertEquals(0, selector.selectNow());
        assertEquals(Set.of(), selector.keys());
        assertFalse(pair.near().isRegistered());
    }

    @Test
    void selectedKeyOfAClosedChannelLeavesWithTheNextSelect() throws IOException {
        SelectionKey key = pair.near().register(selector, OP_WRITE);
        assertEquals(1, selector.select());
        pair.near().close();
        assertEquals(Set.of(key), selector.selectedKeys());
        assertEquals(0, selector.selectNow());
        assertEquals(Set.of(), selector.selectedKeys());
    }

    @Test
    void peerReadsTheEndBeforeTheSelectorHasLetGo() throws IOException {
        pair.near().register(selector, OP_READ);
        pair.near().close();
        assertEquals(-1, pair.far().read(ByteBuffer.allocate(1)));
    }

    @Test
    void peerReadsTheEndWhileTheSelectorIsBlocked() throws Exception {
        pair.near().register(selector, OP_READ);
        BackgroundTask<Integer> selecting = BackgroundTask.startAndBlock(selector::select);
        pair.near().close();
        assertEquals(-1, pair.far().read(ByteBuffer.allocate(1)));
        selector.wakeup();
        assertEquals(0, selecting.result());
    }

    @Test
    void closeWithoutLingerResetsWhenTheSelectorHasLetGo() throws IOException {
        pair.near().register(selector, OP_READ);
        pair.near().setOption(StandardSocketOptions.SO_LINGER, 0);
        pair.near().close();
        selector.selectNow();
        assertThrows(IOException.class, () -> pair.far().read(ByteBuffer.allocate(1)));
    }

    @Test
    void resetReachesThePeersSelector() throws IOException {
        pair.near().register(selector, OP_READ);
        pair.far().configureBlocking(false);
        try (Selector others = Selector.open()) {
            SelectionKey peer = pair.far().register(others, OP_READ);
            pair.near().setOption(StandardSocketOptions.SO_LINGER, 0);
            pair.near().close();
            selector.selectNow();
            assertEquals(OP_READ, Selecting.report(peer));
            assertThrows(IOException.class, () -> pair.far().read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void descriptorIsKeptUntilEachSelectorHasLetGo() throws IOException {
        try (Selector second = Selector.open()) {
            pair.near().register(selector, OP_READ);
            pair.near().register(second, OP_READ);
            selector.selectNow();
            second.selectNow();
            int before = OpenFiles.count();
            pair.near().close();
            assertEquals(before, OpenFiles.count());
            selector.selectNow();
            assertEquals(before, OpenFiles.count());
            second.selectNow();
            assertEquals(before - 1, OpenFiles.count());
        }
    }

    @Test
    void closeOfTheSelectorReleasesTheDescriptorOfAClosedChannel() throws IOException {
        Selector second = Selector.open();
        pair.near().register(second, OP_READ);
        second.selectNow();
        pair.near().close();
        int before = OpenFiles.count();
        second.close();
        assertTrue(OpenFiles.count() < before);
        try (LoopbackPair other = LoopbackPair.open()) {
            assertTrue(other.near().isConnected());
        }
    }

    @Test
    void closedChannelRefusesEverything() throws IOException {
        pair.near().register(selector, OP_READ);
        pair.near().close();
        ByteBuffer bytes = ByteBuffer.allocate(1);
        assertThrows(ClosedChannelException.class, () -> pair.near().read(bytes));
        assertThrows(ClosedChannelException.class, () -> pair.near().write(bytes));
        assertThrows(ClosedChannelException.class, () -> pair.near().register(selector, OP_READ));
        assertThrows(ClosedChannelException.class, () -> pair.near().configureBlocking(false));
        assertThrows(ClosedChannelException.class, () -> pair.near().shutdownOutput());
    }

    @Test
    void closeTwiceIsNoError() throws IOException {
        pair.near().register(selector, OP_READ);
        pair.near().close();
        pair.near().close();
        selector.selectNow();
        pair.near().close();
        assertEquals(Set.of(), selector.keys());
    }

    @Test
    void closeEndsABlockedRead() throws Exception {
        BackgroundTask<Integer> reading = BackgroundTask.startAndBlock(() -> pair.far().read(ByteBuffer.allocate(1)));
        pair.far().close();
        assertThrows(AsynchronousCloseException.class, reading::result);
    }

    @Test
    void closeEndsABlockedReadOfAChannelThatWasRegistered() throws Exception {
        SelectionKey key = pair.near().register(selector, OP_READ);
        selector.selectNow();
        key.cancel();
        selector.selectNow();
        pair.near().configureBlocking(true);
        BackgroundTask<Integer> reading = BackgroundTask.startAndBlock(() -> pair.near().read(ByteBuffer.allocate(1)));
        pair.near().close();
        assertThrows(AsynchronousCloseException.class, reading::result);
        assertEquals(-1, pair.far().read(ByteBuffer.allocate(1)));
    }

    @Test
    void closeEndsABlockedWrite() throws Exception {
        pair.near().configureBlocking(true);
        BackgroundTask<Void> writing = BackgroundTask.startAndBlock(() -> writeForever(pair.near()));
        pair.near().close();
        // asynchronously closed, or closed when the interrupted write had taken a part and the next one began
        assertThrows(ClosedChannelException.class, writing::result);
    }

    @Test
    void interruptEndsABlockedReadAndCloses() throws Exception {
        BackgroundTask<Integer> reading = BackgroundTask.startAndBlock(() -> pair.far().read(ByteBuffer.allocate(1)));
        SelectionKey peer = pair.near().register(selector, OP_READ);
        reading.thread().interrupt();
        assertThrows(ClosedByInterruptException.class, reading::result);
        assertFalse(pair.far().isOpen());
        assertEquals(OP_READ, Selecting.report(peer));
        assertEquals(-1, pair.readNear(1));
    }

    private static Void writeForever(SocketChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        while (true) {
            channel.write(bytes.clear());
        }
    }
}
