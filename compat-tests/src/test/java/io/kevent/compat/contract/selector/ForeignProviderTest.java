// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The JDK's channels and selectors of different providers get along; the JDK's own provider is a second one only when kevent is installed. */
@Tag("kevent")
class ForeignProviderTest extends SelectorContract {

    private SelectorProvider jdk;

    @BeforeEach
    void findTheJdksProvider() throws ReflectiveOperationException {
        jdk = (SelectorProvider) Class.forName("sun.nio.ch.DefaultSelectorProvider").getMethod("get").invoke(null);
        assertNotSame(SelectorProvider.provider(), jdk);
    }

    private static void makeReadable(Pipe pipe) throws IOException {
        pipe.source().configureBlocking(false);
        write(pipe, 1);
    }

    @Test
    void channelOfTheJdksProviderIsAccepted() throws IOException {
        Pipe pipe = jdk.openPipe();
        closeLater(pipe.source());
        closeLater(pipe.sink());
        makeReadable(pipe);
        SelectionKey key = pipe.source().register(selector, OP_READ);
        assertReports(key, OP_READ);
        assertEquals(1, drain(pipe.source()));
        assertReportsNothing();
    }

    @Test
    void selectorOfTheJdksProviderAcceptsKeventsChannels() throws IOException {
        Pipe pipe = pipe();
        makeReadable(pipe);
        try (Selector plain = jdk.openSelector()) {
            SelectionKey key = pipe.source().register(plain, OP_READ);
            assertEquals(1, plain.select());
            assertTrue(plain.selectedKeys().contains(key));
        }
    }

    @Test
    void channelIsRegisteredWithSelectorsOfBothProviders() throws IOException {
        Pipe pipe = pipe();
        makeReadable(pipe);
        try (Selector plain = jdk.openSelector()) {
            pipe.source().register(plain, OP_READ);
            SelectionKey key = pipe.source().register(selector, OP_READ);
            assertReports(key, OP_READ);
            assertEquals(1, plain.select());
            pipe.source().close();
            assertEquals(0, plain.selectNow());
            assertReportsNothing();
        }
        assertTrue(selector.keys().isEmpty());
    }
}
