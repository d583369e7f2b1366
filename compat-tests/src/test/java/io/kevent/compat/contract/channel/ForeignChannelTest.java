// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.OpenFiles;
import io.kevent.compat.support.Selecting;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.SelectorProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Channels that the JDK's default provider made, with a selector of the provider in use, and the other way round. */
class ForeignChannelTest {

    private Selector selector;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
    }

    @AfterEach
    void close() throws IOException {
        selector.close();
    }

    @Test
    void foreignListenerIsReported() throws IOException {
        try (ServerSocketChannel listener = foreign().openServerSocketChannel()) {
            assertSame(foreign(), listener.provider());
            listener.bind(LoopbackPair.anyPort()).configureBlocking(false);
            SelectionKey key = listener.register(selector, OP_ACCEPT);
            Selecting.assertSilent(selector);
            try (SocketChannel client = SocketChannel.open(listener.getLocalAddress())) {
                assertEquals(OP_ACCEPT, Selecting.report(key));
                try (SocketChannel accepted = listener.accept()) {
                    assertEquals(client.getLocalAddress(), accepted.getRemoteAddress());
                    assertSame(foreign(), accepted.provider());
                }
            }
        }
    }

    @Test
    void foreignSocketIsReported() throws IOException {
        try (ServerSocketChannel listener = LoopbackPair.listen(); SocketChannel near = foreign().openSocketChannel()) {
            near.connect(listener.getLocalAddress());
            near.configureBlocking(false);
            SelectionKey key = near.register(selector, OP_READ | OP_WRITE);
            assertEquals(OP_WRITE, Selecting.report(key));
            try (SocketChannel far = listener.accept()) {
                far.write(ByteBuffer.allocate(1));
                assertEquals(OP_READ | OP_WRITE, Selecting.report(key));
            }
        }
    }

    @Test
    void foreignDatagramIsReported() throws IOException {
        try (DatagramChannel near = foreign().openDatagramChannel(); DatagramChannel far = DatagramChannel.open()) {
            near.bind(LoopbackPair.anyPort()).configureBlocking(false);
            SelectionKey key = near.register(selector, OP_READ);
            Selecting.assertSilent(selector);
            far.send(ByteBuffer.allocate(1), near.getLocalAddress());
            assertEquals(OP_READ, Selecting.report(key));
        }
    }

    @Test
    void foreignPipeIsReported() throws IOException {
        Pipe pipe = foreign().openPipe();
        try (Pipe.SourceChannel source = pipe.source(); Pipe.SinkChannel sink = pipe.sink()) {
            source.configureBlocking(false);
            sink.configureBlocking(false);
            SelectionKey reader = source.register(selector, OP_READ);
            assertEquals(OP_WRITE, Selecting.report(sink.register(selector, OP_WRITE)));
            sink.write(ByteBuffer.allocate(1));
            assertEquals(OP_READ, Selecting.report(reader));
        }
    }

    @Test
    void foreignChannelReleasesItsDescriptor() throws IOException {
        SelectorProvider foreign = foreign();
        Selecting.assertSilent(selector);
        int before = OpenFiles.count();
        for (int i = 0; i < 100; i++) {
            DatagramChannel channel = foreign.openDatagramChannel();
            channel.configureBlocking(false);
            channel.register(selector, OP_READ);
            assertEquals(0, selector.selectNow());
            channel.close();
            assertEquals(before + 1, OpenFiles.count());
            selector.selectNow();
            assertEquals(before, OpenFiles.count());
        }
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void channelOfTheProviderInUseIsReportedByAForeignSelector() throws IOException {
        try (Selector other = foreign().openSelector(); LoopbackPair pair = LoopbackPair.open()) {
            SelectionKey key = pair.near().register(other, OP_READ);
            Selecting.assertSilent(other);
            pair.send(1);
            assertEquals(OP_READ, Selecting.report(key));
            pair.near().close();
            other.selectNow();
            assertTrue(other.keys().isEmpty());
        }
    }

    @Test
    void channelWithSelectorsOfBothProvidersIsReportedByBoth() throws IOException {
        try (Selector other = foreign().openSelector(); LoopbackPair pair = LoopbackPair.open()) {
            SelectionKey here = pair.near().register(selector, OP_READ);
            SelectionKey there = pair.near().register(other, OP_READ);
            pair.send(1);
            assertEquals(OP_READ, Selecting.report(here));
            assertEquals(OP_READ, Selecting.report(there));
            int before = OpenFiles.count();
            pair.near().close();
            other.selectNow();
            assertEquals(before, OpenFiles.count());
            selector.selectNow();
            assertEquals(before - 1, OpenFiles.count());
        }
    }

    @Test
    void channelThatIsNotOfTheJdkIsRefused() throws IOException {
        try (AbstractSelectableChannel channel = new HomeMadeChannel()) {
            channel.configureBlocking(false);
            assertThrows(IllegalSelectorException.class, () -> channel.register(selector, OP_READ));
            assertTrue(selector.keys().isEmpty());
        }
    }

    /** The provider that the JDK would use of its own accord. */
    private static SelectorProvider foreign() {
        try {
            Method get = Class.forName("sun.nio.ch.DefaultSelectorProvider").getMethod("get");
            assumeTrue(get.canAccess(null), "sun.nio.ch is not open to the tests in this run");
            return (SelectorProvider) get.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class HomeMadeChannel extends AbstractSelectableChannel {

        HomeMadeChannel() {
            super(SelectorProvider.provider());
        }

        @Override
        public int validOps() {
            return OP_READ;
        }

        @Override
        protected void implCloseSelectableChannel() { }

        @Override
        protected void implConfigureBlocking(boolean block) { }
    }
}
