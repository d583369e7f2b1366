// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.ThreadUsage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * States in which the kernel has something to tell that is nothing to the application. The JDK's selector returns 0 at once, again and again; kevent
 * waits.
 */
@Tag("kevent")
class NoSpinTest extends SelectorContract {

    private ServerSocketChannel listener;
    private SocketChannel channel;

    @BeforeEach
    void openChannels() throws IOException {
        listener = closeLater(LoopbackPair.listen());
        channel = closeLater(SocketChannel.open());
        channel.configureBlocking(false);
    }

    private void connect() throws IOException {
        assertFalse(channel.connect(listener.getLocalAddress()));
        while (!channel.finishConnect()) {
            Thread.onSpinWait();
        }
    }

    /** Selects for a while with a time limit each: returns that bring nothing are few, and the time between is spent asleep. */
    private void assertSelectsRarelyReturn() throws IOException {
        int returns = 0;
        long cpu = ThreadUsage.cpuMillis();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
        while (System.nanoTime() < end) {
            selector.selectedKeys().clear();
            assertEquals(0, selector.select(250), "nothing to report");
            returns++;
        }
        assertTrue(returns <= 4, "select returned " + returns + " times in half a second and brought nothing");
        long used = ThreadUsage.cpuMillis() - cpu;
        assertTrue(used < 150, "waiting for half a second took " + used + " ms of processor time");
    }

    @Test
    void connectInterestLeftOnAfterConnecting() throws IOException {
        SelectionKey key = channel.register(selector, OP_CONNECT);
        connect();
        assertSelectsRarelyReturn();
        key.interestOps(OP_CONNECT | OP_READ);
        assertSelectsRarelyReturn();
        listener.accept().close();
        assertReports(key, OP_READ);
    }

    @Test
    void connectInterestLeftOnAfterAReportedConnection() throws IOException {
        SelectionKey key = channel.register(selector, OP_CONNECT);
        assertFalse(channel.connect(listener.getLocalAddress()));
        assertReports(key, OP_CONNECT);
        assertTrue(channel.finishConnect());
        assertSelectsRarelyReturn();
    }

    @Test
    void connectInterestOfAnAcceptedChannel() throws IOException {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_CONNECT | OP_READ);
        assertSelectsRarelyReturn();
        pair.send(1);
        assertReports(key, OP_READ);
    }

    @Test
    void writeInterestOfAConnectionThatIsNotFinished() throws IOException {
        SelectionKey key = channel.register(selector, OP_WRITE);
        assertFalse(channel.connect(listener.getLocalAddress()));
        assertSelectsRarelyReturn();
        assertTrue(channel.finishConnect());
        assertReports(key, OP_WRITE);
    }

    @Test
    void readInterestOfAConnectionThatIsNotFinishedWithDataWaiting() throws IOException {
        SelectionKey key = channel.register(selector, OP_READ);
        assertFalse(channel.connect(listener.getLocalAddress()));
        try (SocketChannel accepted = listener.accept()) {
            accepted.write(ByteBuffer.allocate(1));
            assertSelectsRarelyReturn();
            assertTrue(channel.finishConnect());
            assertReports(key, OP_READ);
        }
    }

    @Test
    void hangUpWithInterestOff() throws IOException {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_READ);
        pair.resetFar();
        assertReports(key, OP_READ);
        key.interestOps(0);
        assertSelectsRarelyReturn();
    }

    @Test
    void hangUpOfAnUnconnectedChannelWithInterestOff() throws IOException {
        channel.register(selector, 0);
        assertSelectsRarelyReturn();
    }

    @Test
    void dataWithInterestInWritingOnly() throws IOException {
        LoopbackPair pair = pair();
        pair.near().register(selector, OP_WRITE);
        do {
            pair.fillNear();
            selector.selectedKeys().clear();
        } while (selector.select(SHORT_MILLIS) > 0);
        pair.send(1);
        assertSelectsRarelyReturn();
    }

    @Test
    void endOfStreamWithInterestInWritingOnly() throws IOException {
        LoopbackPair pair = pair();
        pair.near().register(selector, OP_WRITE);
        do {
            pair.fillNear();
            selector.selectedKeys().clear();
        } while (selector.select(SHORT_MILLIS) > 0);
        pair.far().shutdownOutput();
        assertSelectsRarelyReturn();
    }
}
