// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.LoopbackPair;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** SelectableChannel.register and the rules of the blocking mode that go with it. */
class RegisterTest extends SelectorContract {

    @Test
    void newKeyIsAsItWasRegistered() throws IOException {
        Pipe pipe = pipe();
        Object attachment = new Object();
        SelectionKey key = pipe.source().register(selector, OP_READ, attachment);
        assertTrue(key.isValid());
        assertSame(pipe.source(), key.channel());
        assertSame(selector, key.selector());
        assertSame(attachment, key.attachment());
        assertEquals(OP_READ, key.interestOps());
        assertEquals(0, key.readyOps());
    }

    @Test
    void channelKnowsItsKey() throws IOException {
        Pipe pipe = pipe();
        assertFalse(pipe.source().isRegistered());
        assertNull(pipe.source().keyFor(selector));
        SelectionKey key = pipe.source().register(selector, OP_READ);
        assertTrue(pipe.source().isRegistered());
        assertSame(key, pipe.source().keyFor(selector));
        assertNull(pipe.sink().keyFor(selector));
    }

    @Test
    void registeringAgainChangesTheSameKey() throws IOException {
        LoopbackPair pair = pair();
        SelectionKey key = pair.near().register(selector, OP_READ, "first");
        assertSame(key, pair.near().register(selector, OP_WRITE, "second"));
        assertEquals(OP_WRITE, key.interestOps());
        assertEquals("second", key.attachment());
        assertEquals(Set.of(key), selector.keys());
        assertReports(key, OP_WRITE);
    }

    @Test
    void registeringAgainWithoutAttachmentDropsIt() throws IOException {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, OP_READ, "first");
        pipe.source().register(selector, 0);
        assertNull(key.attachment());
        assertEquals(0, key.interestOps());
    }

    @Test
    void registeringWithTwoSelectorsGivesTwoKeys() throws IOException {
        Pipe pipe = pipe();
        Selector other = closeLater(Selector.open());
        SelectionKey first = pipe.source().register(selector, OP_READ);
        SelectionKey second = pipe.source().register(other, 0);
        assertNotSame(first, second);
        assertSame(first, pipe.source().keyFor(selector));
        assertSame(second, pipe.source().keyFor(other));
        write(pipe, 1);
        assertReports(first, OP_READ);
        assertEquals(0, other.selectNow());
    }

    @Test
    void blockingChannelIsRefused() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            assertThrows(IllegalBlockingModeException.class, () -> channel.register(selector, OP_READ));
            assertFalse(channel.isRegistered());
        }
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void closedChannelIsRefused() throws IOException {
        Pipe pipe = pipe();
        pipe.source().close();
        assertThrows(ClosedChannelException.class, () -> pipe.source().register(selector, OP_READ));
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void closedChannelIsToldBeforeAClosedSelector() throws IOException {
        Pipe pipe = pipe();
        pipe.source().close();
        selector.close();
        assertThrows(ClosedChannelException.class, () -> pipe.source().register(selector, OP_READ));
    }

    @Test
    void closedSelectorIsRefusedForAChannelThatIsRegisteredElsewhere() throws IOException {
        SelectionKey key = readableKey();
        Selector closed = Selector.open();
        closed.close();
        assertThrows(ClosedSelectorException.class, () -> key.channel().register(closed, OP_READ));
        assertReports(key, OP_READ);
    }

    @Test
    void missingSelectorIsRefused() throws IOException {
        Pipe pipe = pipe();
        assertThrows(NullPointerException.class, () -> pipe.source().register(null, OP_READ));
    }

    @Test
    void operationsThatTheChannelDoesNotHaveAreRefused() throws IOException {
        Pipe pipe = pipe();
        assertOperations(pipe.source(), OP_READ);
        assertOperations(pipe.sink(), OP_WRITE);
        assertOperations(closeLater(SocketChannel.open()), OP_READ | OP_WRITE | OP_CONNECT);
        assertOperations(closeLater(ServerSocketChannel.open()), OP_ACCEPT);
        assertOperations(closeLater(DatagramChannel.open()), OP_READ | OP_WRITE);
    }

    private void assertOperations(SelectableChannel channel, int valid) throws IOException {
        channel.configureBlocking(false);
        assertEquals(valid, channel.validOps());
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            int op = 1 << bit;
            if ((op & valid) == 0 && op < 1 << 24) {
                assertThrows(IllegalArgumentException.class, () -> channel.register(selector, op), "bit " + bit);
                assertThrows(IllegalArgumentException.class, () -> channel.register(selector, op | valid), "bit " + bit);
            }
        }
        assertFalse(channel.isRegistered());
        assertEquals(valid, channel.register(selector, valid).interestOps());
    }

    @Test
    void refusedOperationsLeaveTheKeyAsItWas() throws IOException {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, OP_READ, "kept");
        assertThrows(IllegalArgumentException.class, () -> pipe.source().register(selector, OP_WRITE, "new"));
        assertEquals(OP_READ, key.interestOps());
        assertEquals("kept", key.attachment());
    }

    @Test
    void registeredChannelCannotBeMadeBlocking() throws IOException {
        Pipe pipe = pipe();
        pipe.source().register(selector, 0);
        assertThrows(IllegalBlockingModeException.class, () -> pipe.source().configureBlocking(true));
        assertFalse(pipe.source().isBlocking());
        pipe.source().configureBlocking(false);
    }

    @Test
    void channelOfACancelledKeyCanBeMadeBlockingAtOnce() throws IOException {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, OP_READ);
        selector.selectNow();
        key.cancel();
        pipe.source().configureBlocking(true);
        assertTrue(pipe.source().isBlocking());
        assertReportsNothing();
        assertFalse(pipe.source().isRegistered());
    }

    @Test
    void channelMadeBlockingAndNonBlockingAgainIsRegisteredAnew() throws IOException {
        Pipe pipe = pipe();
        write(pipe, 1);
        SelectionKey key = pipe.source().register(selector, OP_READ);
        assertReports(key, OP_READ);
        key.cancel();
        selector.selectNow();
        pipe.source().configureBlocking(true);
        assertThrows(IllegalBlockingModeException.class, () -> pipe.source().register(selector, OP_READ));
        pipe.source().configureBlocking(false);
        assertReports(pipe.source().register(selector, OP_READ), OP_READ);
    }

    @Test
    void channelRegisteredWithASecondSelectorCannotBeMadeBlockingYet() throws IOException {
        Pipe pipe = pipe();
        Selector other = closeLater(Selector.open());
        SelectionKey key = pipe.source().register(selector, OP_READ);
        SelectionKey second = pipe.source().register(other, OP_READ);
        key.cancel();
        assertThrows(IllegalBlockingModeException.class, () -> pipe.source().configureBlocking(true));
        second.cancel();
        pipe.source().configureBlocking(true);
    }

    @Test
    void socketAdaptorOfARegisteredChannelRefusesToBlock() throws IOException {
        LoopbackPair pair = pair();
        pair.near().register(selector, OP_READ);
        assertThrows(IllegalBlockingModeException.class, () -> pair.near().socket().getInputStream().read());
    }
}
