// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.OpenFiles;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A channel that is closed while registered keeps its descriptor until the last selector has let go of it. */
class DeregistrationTest extends SelectorContract {

    @BeforeAll
    static void openOneOfEachKind() throws IOException {
        // the JDK's own descriptors that it opens once, on first use, would be counted in the first test
        DatagramChannel.open().close();
        LoopbackPair.open().close();
        Pipe pipe = Pipe.open();
        pipe.source().close();
        pipe.sink().close();
    }

    @Test
    void closingAChannelCancelsItsKeys() throws IOException {
        Pipe pipe = pipe();
        Selector other = closeLater(Selector.open());
        SelectionKey first = pipe.source().register(selector, OP_READ);
        SelectionKey second = pipe.source().register(other, OP_READ);
        pipe.source().close();
        assertFalse(first.isValid());
        assertFalse(second.isValid());
        assertThrows(CancelledKeyException.class, () -> first.interestOps());
    }

    @Test
    void closedChannelIsRegisteredUntilTheNextSelect() throws IOException {
        SelectionKey key = readableKey();
        key.channel().close();
        assertTrue(key.channel().isRegistered());
        assertEquals(0, selector.selectNow());
        assertFalse(key.channel().isRegistered());
    }

    @Test
    void closedChannelIsNotReported() throws IOException {
        SelectionKey key = readableKey();
        assertReports(key, OP_READ);
        key.channel().close();
        assertReportsNothing();
    }

    @Test
    void descriptorIsReleasedByTheNextSelect() throws Exception {
        assertReleased(SocketChannel::open);
        assertReleased(ServerSocketChannel::open);
        assertReleased(DatagramChannel::open);
    }

    private void assertReleased(Callable<? extends SelectableChannel> opener) throws Exception {
        int before = OpenFiles.count();
        SelectableChannel channel = closeLater(opener.call());
        channel.configureBlocking(false);
        channel.register(selector, 0);
        selector.selectNow();
        channel.close();
        assertEquals(before + 1, OpenFiles.count(), "kept while registered");
        selector.selectNow();
        assertEquals(before, OpenFiles.count(), channel.getClass().getName());
    }

    @Test
    void descriptorOfAReadyChannelIsReleasedByTheNextSelect() throws IOException {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_READ | OP_WRITE);
        assertReports(key, OP_WRITE);
        int before = OpenFiles.count();
        pair.near().close();
        selector.selectNow();
        assertEquals(before - 1, OpenFiles.count());
    }

    @Test
    void descriptorsOfAPipeAreReleasedByTheNextSelect() throws IOException {
        int before = OpenFiles.count();
        Pipe pipe = pipe();
        pipe.source().register(selector, OP_READ);
        pipe.sink().register(selector, OP_WRITE);
        assertEquals(1, selector.select());
        pipe.source().close();
        pipe.sink().close();
        assertEquals(0, selector.selectNow());
        assertEquals(before, OpenFiles.count());
    }

    @Test
    void descriptorIsReleasedWhenTheChannelWasNeverSelected() throws IOException {
        int before = OpenFiles.count();
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.register(selector, OP_READ);
        channel.close();
        selector.selectNow();
        assertEquals(before, OpenFiles.count());
    }

    @Test
    void descriptorIsReleasedWhenTheKeyWasCancelledAndDeregisteredBefore() throws IOException {
        int before = OpenFiles.count();
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.register(selector, OP_READ).cancel();
        selector.selectNow();
        channel.close();
        assertEquals(before, OpenFiles.count(), "at once: nobody knows the channel any more");
    }

    @Test
    void descriptorIsReleasedWhenTheKeyWasCancelledBeforeTheClose() throws IOException {
        int before = OpenFiles.count();
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        SelectionKey key = channel.register(selector, OP_READ);
        selector.selectNow();
        key.cancel();
        channel.close();
        selector.selectNow();
        assertEquals(before, OpenFiles.count());
    }

    @Test
    void descriptorIsReleasedByTheLastOfSeveralSelectors() throws IOException {
        Selector second = closeLater(Selector.open());
        Selector third = closeLater(Selector.open());
        int before = OpenFiles.count();
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.register(selector, 0);
        channel.register(second, OP_READ);
        channel.register(third, OP_READ);
        second.selectNow();
        channel.close();
        selector.selectNow();
        assertEquals(before + 1, OpenFiles.count());
        second.selectNow();
        assertEquals(before + 1, OpenFiles.count());
        third.selectNow();
        assertEquals(before, OpenFiles.count());
    }

    @Test
    void descriptorIsReleasedByTheCloseOfTheLastSelector() throws IOException {
        int before = OpenFiles.count();
        Selector closing = Selector.open();
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.register(selector, 0);
        channel.register(closing, OP_READ);
        channel.close();
        selector.selectNow();
        closing.close();
        assertEquals(before, OpenFiles.count());
    }

    @Test
    void channelClosedDuringABlockedSelectIsReleasedAtItsEnd() throws Exception {
        Pipe pipe = pipe();
        pipe.source().register(selector, OP_READ);
        int before = OpenFiles.count();
        BackgroundTask<Integer> select = BackgroundTask.startAndBlock(() -> selector.select());
        pipe.source().close();
        selector.wakeup();
        assertEquals(0, select.result());
        assertEquals(before - 1, OpenFiles.count());
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void channelClosedByAnotherThreadIsReleased() throws Exception {
        SelectionKey key = readableKey();
        int before = OpenFiles.count();
        BackgroundTask.start(() -> {
            key.channel().close();
            return null;
        }).result();
        assertReportsNothing();
        assertEquals(before - 1, OpenFiles.count());
    }

    @Test
    void peerSeesTheEndAtOnce() throws IOException {
        LoopbackPair pair = pair();
        pair.near().register(selector, OP_READ);
        selector.selectNow();
        pair.near().close();
        // without any select
        assertEquals(-1, pair.far().read(ByteBuffer.allocate(1)));
    }

    @Test
    void portIsFreeAfterTheSelectThatReleasesTheListener() throws IOException {
        ServerSocketChannel listener = LoopbackPair.listen();
        SocketAddress address = listener.getLocalAddress();
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        selector.selectNow();
        listener.close();
        selector.selectNow();
        try (ServerSocketChannel again = ServerSocketChannel.open()) {
            again.bind(address);
            assertNotNull(again.getLocalAddress());
        }
    }

    @Test
    void reusedDescriptorNumbersDoNotConfuseTheSelector() throws IOException {
        for (int i = 0; i < 200; i++) {
            try (LoopbackPair pair = LoopbackPair.open()) {
                SelectionKey key = pair.near().register(selector, OP_READ);
                if (i % 2 == 0) {
                    pair.send(1);
                    assertReports(key, OP_READ);
                } else {
                    selector.selectedKeys().clear();
                    assertEquals(0, selector.selectNow());
                }
            }
            assertEquals(0, selector.selectNow());
        }
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void nothingIsLeftOverAfterManyConnections() throws IOException {
        int before = OpenFiles.count();
        for (int i = 0; i < 200; i++) {
            try (LoopbackPair pair = LoopbackPair.open()) {
                pair.near().register(selector, i % 3 == 0 ? 0 : OP_READ | OP_WRITE);
                if (i % 5 == 0) {
                    selector.selectNow();
                }
            }
        }
        selector.selectNow();
        assertEquals(before, OpenFiles.count());
        assertTrue(selector.keys().isEmpty());
        assertTrue(selector.selectedKeys().isEmpty());
    }
}
