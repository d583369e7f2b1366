// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import java.io.IOException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.SelectorProvider;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A channel that is not one of the JDK's has no descriptor to watch. */
class ForeignChannelTest extends SelectorContract {

    private static final class ForeignChannel extends AbstractSelectableChannel {

        ForeignChannel() {
            super(SelectorProvider.provider());
        }

        @Override
        public int validOps() {
            return SelectionKey.OP_READ;
        }

        @Override
        protected void implCloseSelectableChannel() { }

        @Override
        protected void implConfigureBlocking(boolean block) { }
    }

    @Test
    void foreignChannelIsRefused() throws IOException {
        ForeignChannel channel = closeLater(new ForeignChannel());
        channel.configureBlocking(false);
        assertThrows(IllegalSelectorException.class, () -> channel.register(selector, SelectionKey.OP_READ));
        assertFalse(channel.isRegistered());
        assertNull(channel.keyFor(selector));
        assertTrue(selector.keys().isEmpty());
    }

    @Test
    void selectorStaysUsableAfterTheRefusal() throws IOException {
        ForeignChannel channel = closeLater(new ForeignChannel());
        channel.configureBlocking(false);
        SelectionKey key = readableKey();
        assertThrows(IllegalSelectorException.class, () -> channel.register(selector, 0));
        assertReports(key, SelectionKey.OP_READ);
    }
}
