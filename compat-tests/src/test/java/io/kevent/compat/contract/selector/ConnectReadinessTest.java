// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Waiting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** OP_CONNECT, and the other operations before a connection is finished. */
class ConnectReadinessTest extends SelectorContract {

    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(5);

    private ServerSocketChannel listener;
    private SocketChannel channel;

    @BeforeEach
    void openChannels() throws IOException {
        listener = closeLater(LoopbackPair.listen());
        channel = closeLater(SocketChannel.open());
        channel.configureBlocking(false);
    }

    private void startConnecting(SocketAddress to) throws IOException {
        assertFalse(channel.connect(to), "Linux never connects a non-blocking socket at once, not on loopback either");
    }

    /** A port that nobody listens on and that stays taken while the test runs. */
    private SocketAddress refusingAddress() throws IOException {
        SocketChannel taken = closeLater(SocketChannel.open());
        return taken.bind(LoopbackPair.anyPort()).getLocalAddress();
    }

    @Test
    void finishedConnectionIsReported() throws IOException {
        SelectionKey key = channel.register(selector, OP_CONNECT);
        startConnecting(listener.getLocalAddress());
        assertReports(key, OP_CONNECT);
        assertTrue(key.isConnectable());
        assertTrue(channel.finishConnect());
        assertTrue(channel.isConnected());
    }

    @Test
    void connectionStartedBeforeTheRegistrationIsReported() throws IOException {
        startConnecting(listener.getLocalAddress());
        SelectionKey key = channel.register(selector, OP_CONNECT);
        assertReports(key, OP_CONNECT);
        assertTrue(channel.finishConnect());
    }

    @Test
    void pendingConnectionIsReportedByEachSelectUntilItIsFinished() throws IOException {
        SelectionKey key = channel.register(selector, OP_CONNECT);
        startConnecting(listener.getLocalAddress());
        for (int i = 0; i < 5; i++) {
            assertReports(key, OP_CONNECT);
        }
        assertTrue(channel.finishConnect());
        selector.selectedKeys().clear();
        assertEquals(0, selector.selectNow(), "nothing to report once finished");
    }

    @Test
    void selectedConnectableKeyIsNotReportedTwice() throws IOException {
        channel.register(selector, OP_CONNECT);
        startConnecting(listener.getLocalAddress());
        assertEquals(1, selector.select(LONG_MILLIS));
        assertEquals(0, selector.select(LONG_MILLIS));
    }

    @Test
    void channelConnectedByTheActionIsReadAfterwards() throws IOException {
        SelectionKey key = channel.register(selector, OP_CONNECT);
        startConnecting(listener.getLocalAddress());
        assertReports(key, OP_CONNECT);
        channel.finishConnect();
        key.interestOps(OP_READ);
        assertReportsNothing();
        try (SocketChannel accepted = listener.accept()) {
            accepted.write(ByteBuffer.allocate(1));
            assertReports(key, OP_READ);
        }
    }

    @Test
    void writeIsReportedOnceTheConnectionIsFinished() throws IOException {
        SelectionKey key = channel.register(selector, OP_CONNECT);
        startConnecting(listener.getLocalAddress());
        assertReports(key, OP_CONNECT);
        channel.finishConnect();
        key.interestOps(OP_WRITE);
        assertReports(key, OP_WRITE);
        key.interestOps(OP_READ | OP_WRITE | OP_CONNECT);
        assertReports(key, OP_WRITE);
    }

    @Test
    void wholeInterestOfAPendingConnectionGivesConnectOnly() throws IOException {
        SelectionKey key = channel.register(selector, OP_CONNECT | OP_READ | OP_WRITE);
        startConnecting(listener.getLocalAddress());
        assertReports(key, OP_CONNECT);
        channel.finishConnect();
        assertReports(key, OP_WRITE);
    }

    @Test
    void dataThatCameBeforeFinishConnectIsReportedAfterIt() throws Exception {
        SelectionKey key = channel.register(selector, OP_CONNECT | OP_READ);
        startConnecting(listener.getLocalAddress());
        try (SocketChannel accepted = listener.accept()) {
            accepted.write(ByteBuffer.allocate(1));
            assertReports(key, OP_CONNECT);
            channel.finishConnect();
            assertReports(key, OP_READ);
            key.interestOps(OP_READ);
            assertReports(key, OP_READ);
        }
    }

    /** Bytes that came with the connection, nothing after them: what finishes the connection is all that happens, and the kernel does not tell it. */
    @Test
    void connectionThatAnotherThreadFinishesIsNoticedByASelectThatWaits() throws Exception {
        SelectionKey key = channel.register(selector, 0);
        startConnecting(listener.getLocalAddress());
        key.interestOps(OP_READ);
        try (SocketChannel accepted = listener.accept()) {
            accepted.write(ByteBuffer.allocate(1));
            CountDownLatch selecting = new CountDownLatch(1);
            BackgroundTask<Integer> select = BackgroundTask.start(() -> {
                int selected = 0;
                while (selected == 0) {
                    selected = selector.select(SHORT_MILLIS);
                    selecting.countDown();
                    selected += selector.select();
                }
                return selected;
            });
            Waiting.until("the selector has looked at the pending connection", selecting);
            assertTrue(finish());
            assertEquals(1, select.result());
            assertEquals(OP_READ, key.readyOps());
        }
    }

    @Test
    void writeInterestOfAPendingConnectionIsReportedAfterFinishConnect() throws IOException {
        SelectionKey key = channel.register(selector, OP_WRITE);
        startConnecting(listener.getLocalAddress());
        assertEquals(0, selector.select(SHORT_MILLIS), "not writable before finishConnect");
        assertTrue(finish());
        assertReports(key, OP_WRITE);
    }

    private boolean finish() throws IOException {
        while (!channel.finishConnect()) {
            Thread.onSpinWait();
        }
        return true;
    }

    @Test
    void refusedConnectionIsReportedAndFinishConnectTells() throws IOException {
        SelectionKey key = channel.register(selector, OP_CONNECT);
        startConnecting(refusingAddress());
        assertReports(key, OP_CONNECT);
        ConnectException refused = assertThrows(ConnectException.class, () -> channel.finishConnect());
        assertEquals("Connection refused", refused.getMessage());
        assertFalse(channel.isOpen());
        assertFalse(key.isValid());
        assertReportsNothing();
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void refusedConnectionMakesTheWholeInterestReady() throws IOException {
        SelectionKey key = channel.register(selector, OP_CONNECT | OP_READ | OP_WRITE);
        startConnecting(refusingAddress());
        assertReports(key, OP_CONNECT | OP_READ | OP_WRITE);
        assertThrows(ConnectException.class, () -> channel.finishConnect());
    }

    @Test
    void refusedConnectionOfACancelledKeyIsToldByFinishConnectAsWell() throws IOException {
        SelectionKey key = channel.register(selector, OP_CONNECT);
        startConnecting(refusingAddress());
        assertReports(key, OP_CONNECT);
        key.cancel();
        assertEquals("Connection refused", assertThrows(ConnectException.class, () -> channel.finishConnect()).getMessage());
    }

    @Test
    void blockedSelectReturnsWhenTheConnectionIsMade() throws Exception {
        SelectionKey key = channel.register(selector, OP_CONNECT);
        // an unconnected socket hangs up, so the interest waits until the connection is on its way
        key.interestOps(0);
        startConnecting(listener.getLocalAddress());
        key.interestOps(OP_CONNECT);
        BackgroundTask<Integer> select = BackgroundTask.start(() -> selector.select(LONG_MILLIS));
        assertEquals(1, select.result());
    }

    @Test
    void connectionStartedAfterSelectsOfTheUnconnectedChannelIsReported() throws IOException {
        SelectionKey key = channel.register(selector, 0);
        for (int i = 0; i < 3; i++) {
            assertReportsNothing();
        }
        startConnecting(listener.getLocalAddress());
        key.interestOps(OP_CONNECT);
        assertReports(key, OP_CONNECT);
        assertTrue(channel.finishConnect());
    }

    @Test
    void connectionStartedAfterTheUnconnectedChannelWasReportedIsReported() throws IOException {
        SelectionKey key = channel.register(selector, OP_READ);
        selector.selectNow();
        startConnecting(listener.getLocalAddress());
        key.interestOps(OP_CONNECT);
        assertReports(key, OP_CONNECT);
        assertTrue(channel.finishConnect());
        key.interestOps(OP_READ);
        assertReportsNothing();
    }

    @Test
    void unconnectedChannelHangsUpOnReaders() throws IOException {
        // Linux reports a socket that was never connected as hung up, and hang-up makes the whole interest set ready
        SelectionKey key = channel.register(selector, OP_READ);
        assertReports(key, OP_READ);
        assertThrows(NotYetConnectedException.class, () -> channel.read(ByteBuffer.allocate(1)));
        assertReports(key, OP_READ);
    }

    @Test
    void unconnectedChannelWithEmptyInterestReportsNothing() throws IOException {
        channel.register(selector, 0);
        assertReportsNothing();
        assertReportsNothing();
    }

    @Test
    void interestTurnedOffWhileConnectingAndOnAfterwards() throws IOException {
        SelectionKey key = channel.register(selector, OP_CONNECT);
        startConnecting(listener.getLocalAddress());
        key.interestOps(0);
        listener.accept().close();
        assertReportsNothing();
        key.interestOps(OP_CONNECT);
        assertReports(key, OP_CONNECT);
        assertTrue(channel.finishConnect());
    }

    @Test
    void connectionFinishedByAnotherThreadMakesDataReadableThatWasThereBefore() throws Exception {
        SelectionKey key = channel.register(selector, OP_READ);
        startConnecting(listener.getLocalAddress());
        try (SocketChannel accepted = listener.accept()) {
            accepted.write(ByteBuffer.allocate(1));
            assertNoticedByALoop(key, OP_READ);
        }
    }

    @Test
    void connectionFinishedByAnotherThreadMakesTheChannelWritable() throws Exception {
        SelectionKey key = channel.register(selector, OP_WRITE);
        startConnecting(listener.getLocalAddress());
        assertNoticedByALoop(key, OP_WRITE);
    }

    /**
     * The loop knows nothing of the other thread, which finishes the connection when the loop has had time to see what there is to see. The kernel
     * has nothing to tell when a connection is finished, but the next select of the JDK's selector sees it, and the one before has long returned.
     */
    private void assertNoticedByALoop(SelectionKey key, int ops) throws Exception {
        CountDownLatch looping = new CountDownLatch(1);
        BackgroundTask<Integer> loop = BackgroundTask.start(() -> {
            int updated = 0;
            for (long end = System.nanoTime() + NOTICED_WITHIN.toNanos(); updated == 0 && System.nanoTime() < end;) {
                updated = selector.select(2 * NOTICED_WITHIN.toMillis());
                looping.countDown();
            }
            return updated == 0 ? 0 : key.readyOps();
        });
        looping.await(SHORT_MILLIS, TimeUnit.MILLISECONDS);
        assertTrue(finish());
        assertEquals(ops, loop.result());
    }
}
