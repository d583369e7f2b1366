// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A channel that stays at its end of stream is noticed, and one that is on its way there is not. */
class EndOfStreamSpinTest {
    private static final int PERIOD = SpinCause.END_OF_STREAM.run;

    /** Selects among which the spin must be noticed; some samples may fail if the machine stalls. */
    private static final int ENOUGH = 20 * PERIOD;

    private final Logger logger = Logger.getLogger("io.kevent");
    private final ByteBuffer buffer = ByteBuffer.allocate(1);
    private WatchedSelector watched;
    private SocketChannel peer;
    private SocketChannel channel;
    private SelectionKey key;

    @BeforeEach
    void open() throws IOException {
        logger.setUseParentHandlers(false);
        watched = new WatchedSelector();
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            peer = SocketChannel.open(listener.getLocalAddress());
            channel = listener.accept();
        }
        channel.configureBlocking(false);
        key = channel.register(watched.selector, SelectionKey.OP_READ);
    }

    @AfterEach
    void close() throws IOException {
        watched.close();
        channel.close();
        peer.close();
        logger.setUseParentHandlers(true);
    }

    private int read() throws IOException {
        buffer.clear();
        return channel.read(buffer);
    }

    /** Selects, with a full read of the pipe if it was found. */
    private void selectAndLeaveTheEnd() throws IOException {
        assertNotEquals(0, watched.selector.select(found -> {
            if (found == watched.key) {
                try {
                    watched.read();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }));
    }

    private void assertNoticed() {
        SpinFigures spin = watched.figures().spin();
        assertEquals(1, spin.count());
        assertTrue(spin.cause().contains("the peer has closed") && spin.cause().contains(channel.toString()), spin::cause);
        assertTrue(spin.run() >= PERIOD && spin.run() % PERIOD == 0, spin::toString);
    }

    private void spin() throws IOException {
        for (int i = 0; i < ENOUGH && (i % PERIOD != 0 || watched.figures().spin().count() == 0); i++) {
            selectAndLeaveTheEnd();
        }
    }

    @Test
    void endThatIsNotReadIsNoticed() throws IOException {
        peer.shutdownOutput();
        spin();
        assertNoticed();
    }

    @Test
    void channelThatIsReadToItsEndAndNotClosedIsNoticed() throws IOException {
        peer.close();
        for (int i = 0; i < ENOUGH && (i % PERIOD != 0 || watched.figures().spin().count() == 0); i++) {
            assertEquals(1, watched.selector.select(found -> { }));
            assertEquals(-1, read());
        }
        assertNoticed();
    }

    @Test
    void endIsNoticedThoughOtherChannelsAreServed() throws IOException {
        peer.shutdownOutput();
        for (int i = 0; i < ENOUGH && (i % PERIOD != 0 || watched.figures().spin().count() == 0); i++) {
            if (i % 10 == 0) {
                watched.write();
            }
            selectAndLeaveTheEnd();
        }
        assertEquals(1, watched.figures().spin().count());
    }

    @Test
    void spinThatGoesOnIsToldOnce() throws IOException {
        peer.shutdownOutput();
        spin();
        int run = watched.figures().spin().run();
        for (int i = 0; i < 2 * PERIOD; i++) {
            selectAndLeaveTheEnd();
        }
        assertEquals(1, watched.figures().spin().count());
        assertTrue(watched.figures().spin().run() > run);
    }

    @Test
    void runEndsWhenTheChannelIsClosed() throws IOException {
        peer.shutdownOutput();
        spin();
        channel.close();
        watched.selector.selectNow();
        assertEquals(0, watched.figures().spin().run());
    }

    @Test
    void runEndsWhenNobodyWaitsForTheEndAnyMore() throws IOException {
        peer.shutdownOutput();
        spin();
        key.interestOps(0);
        assertEquals(0, watched.figures().spin().run());
    }

    @Test
    void dataBeforeTheEndIsNoSpin() throws IOException {
        int bytes = 4 * PERIOD;
        for (ByteBuffer data = ByteBuffer.allocate(bytes); data.hasRemaining();) {
            peer.write(data);
        }
        peer.shutdownOutput();
        for (int i = 0; i < bytes; i++) {
            assertEquals(1, watched.selector.select(found -> { }));
            assertEquals(1, read());
        }
        assertEquals(1, watched.selector.select(found -> { }));
        assertEquals(-1, read());
        assertEquals(new SpinFigures(0, 0, null), watched.figures().spin());
    }

    @Test
    void connectionThatIsUsedIsNoSpin() throws IOException {
        for (int i = 0; i < 3 * PERIOD; i++) {
            buffer.clear();
            assertEquals(1, peer.write(buffer));
            assertEquals(1, watched.selector.select(found -> { }));
            assertEquals(1, read());
        }
        assertEquals(new SpinFigures(0, 0, null), watched.figures().spin());
    }
}
