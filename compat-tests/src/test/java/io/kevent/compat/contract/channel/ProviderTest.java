// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.channel;

import io.kevent.KeventOps;
import io.kevent.compat.support.LoopbackPair;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Who made a channel or a selector, and what it is asked for. */
class ProviderTest {

    private static final ProtocolFamily UNKNOWN_FAMILY = new ProtocolFamily() {
        @Override
        public String name() {
            return "PIGEON";
        }
    };

    private final SelectorProvider provider = SelectorProvider.provider();

    @Test
    @Tag("kevent")
    void providerAndSelectorAreKeventsOwn() throws IOException {
        assertEquals("io.kevent.provider.KeventSelectorProvider", provider.getClass().getName());
        try (Selector selector = Selector.open()) {
            assertTrue(selector.getClass().getName().startsWith("io.kevent.provider."), selector.getClass().getName());
            assertTrue(KeventOps.supportedBy(selector));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "kevent.contract", matches = "jdk")
    void providerAndSelectorAreTheJdksOwn() throws IOException {
        assertEquals("sun.nio.ch.EPollSelectorProvider", provider.getClass().getName());
        try (Selector selector = Selector.open()) {
            assertEquals("sun.nio.ch.EPollSelectorImpl", selector.getClass().getName());
            assertFalse(KeventOps.supportedBy(selector));
        }
    }

    @Test
    void providerIsTheSameEachTime() {
        assertSame(provider, SelectorProvider.provider());
    }

    @Test
    void selectorNamesItsProvider() throws IOException {
        try (Selector byClass = Selector.open(); Selector byProvider = provider.openSelector()) {
            assertSame(provider, byClass.provider());
            assertSame(provider, byProvider.provider());
        }
    }

    @Test
    void eachSelectorIsANewOne() throws IOException {
        try (Selector one = Selector.open(); Selector other = Selector.open()) {
            assertFalse(one == other);
        }
    }

    @Test
    void socketChannelNamesItsProvider() throws IOException {
        try (SocketChannel byClass = SocketChannel.open(); SocketChannel byProvider = provider.openSocketChannel()) {
            assertSame(provider, byClass.provider());
            assertSame(provider, byProvider.provider());
        }
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void socketChannelOfEachFamilyNamesItsProvider(StandardProtocolFamily family) throws IOException {
        try (SocketChannel byClass = SocketChannel.open(family); SocketChannel byProvider = provider.openSocketChannel(family)) {
            assertSame(provider, byClass.provider());
            assertSame(provider, byProvider.provider());
        }
    }

    @Test
    void serverSocketChannelNamesItsProvider() throws IOException {
        try (ServerSocketChannel byClass = ServerSocketChannel.open(); ServerSocketChannel byProvider = provider.openServerSocketChannel()) {
            assertSame(provider, byClass.provider());
            assertSame(provider, byProvider.provider());
        }
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void serverSocketChannelOfEachFamilyNamesItsProvider(StandardProtocolFamily family) throws IOException {
        try (ServerSocketChannel byClass = ServerSocketChannel.open(family);
                ServerSocketChannel byProvider = provider.openServerSocketChannel(family)) {
            assertSame(provider, byClass.provider());
            assertSame(provider, byProvider.provider());
        }
    }

    @Test
    void connectedAndAcceptedChannelNameTheirProvider() throws IOException {
        try (LoopbackPair pair = LoopbackPair.open()) {
            assertSame(provider, pair.near().provider());
            assertSame(provider, pair.far().provider());
        }
    }

    @Test
    void datagramChannelNamesItsProvider() throws IOException {
        try (DatagramChannel byClass = DatagramChannel.open(); DatagramChannel byProvider = provider.openDatagramChannel()) {
            assertSame(provider, byClass.provider());
            assertSame(provider, byProvider.provider());
        }
    }

    @ParameterizedTest
    @EnumSource(value = StandardProtocolFamily.class, names = {"INET", "INET6"})
    void datagramChannelOfEachFamilyNamesItsProvider(StandardProtocolFamily family) throws IOException {
        try (DatagramChannel byClass = DatagramChannel.open(family); DatagramChannel byProvider = provider.openDatagramChannel(family)) {
            assertSame(provider, byClass.provider());
            assertSame(provider, byProvider.provider());
        }
    }

    @Test
    void bothEndsOfAPipeNameTheirProvider() throws IOException {
        Pipe byClass = Pipe.open();
        try (Pipe.SourceChannel source = byClass.source(); Pipe.SinkChannel sink = byClass.sink()) {
            assertSame(provider, source.provider());
            assertSame(provider, sink.provider());
        }
        Pipe byProvider = provider.openPipe();
        try (Pipe.SourceChannel source = byProvider.source(); Pipe.SinkChannel sink = byProvider.sink()) {
            assertSame(provider, source.provider());
            assertSame(provider, sink.provider());
        }
    }

    @Test
    void unknownFamilyIsRefused() {
        assertThrows(UnsupportedOperationException.class, () -> provider.openSocketChannel(UNKNOWN_FAMILY));
        assertThrows(UnsupportedOperationException.class, () -> provider.openServerSocketChannel(UNKNOWN_FAMILY));
        assertThrows(UnsupportedOperationException.class, () -> provider.openDatagramChannel(UNKNOWN_FAMILY));
    }

    @Test
    void unixDatagramIsRefused() {
        assertThrows(UnsupportedOperationException.class, () -> provider.openDatagramChannel(StandardProtocolFamily.UNIX));
    }

    @Test
    void nullFamilyIsRefused() {
        assertThrows(NullPointerException.class, () -> provider.openSocketChannel(null));
        assertThrows(NullPointerException.class, () -> provider.openServerSocketChannel(null));
        assertThrows(NullPointerException.class, () -> provider.openDatagramChannel(null));
        assertThrows(NullPointerException.class, () -> SocketChannel.open((ProtocolFamily) null));
        assertThrows(NullPointerException.class, () -> ServerSocketChannel.open(null));
        assertThrows(NullPointerException.class, () -> DatagramChannel.open(null));
    }
}
