// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import io.kevent.provider.kernel.Engine;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.kernel.JdkKernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/**
 * A selector that does nothing but the system calls of registering and cancelling, and keeps nothing: what is left is what the JDK's channel and key do for
 * any selector. The limit of {@link RegisterWorkload} and {@link ChurnWorkload}; it reports nothing.
 */
final class BareSelector extends AbstractSelector {
    private final Engine engine = JdkKernel.INSTANCE.openEngine();

    BareSelector() throws IOException {
        super(SelectorProvider.provider());
    }

    private static final class Key extends AbstractSelectionKey {
        private final SelectableChannel channel;
        private final BareSelector selector;
        private final int descriptor;

        Key(SelectableChannel channel, BareSelector selector) {
            this.channel = channel;
            this.selector = selector;
            this.descriptor = JdkChannels.descriptor(channel);
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public Selector selector() {
            return selector;
        }

        @Override
        public int interestOps() {
            return SelectionKey.OP_READ;
        }

        @Override
        public SelectionKey interestOps(int ops) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int readyOps() {
            return 0;
        }
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attachment) {
        Key key = new Key(channel, this);
        try {
            engine.add(key.descriptor, Events.IN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return key;
    }

    @Override
    public int selectNow() throws IOException {
        Set<SelectionKey> cancelled = cancelledKeys();
        synchronized (cancelled) {
            for (SelectionKey each : cancelled) {
                Key key = (Key) each;
                engine.remove(key.descriptor);
                deregister(key);
                JdkChannels.releaseIfClosed(key.channel);
            }
            cancelled.clear();
        }
        return engine.collect(0);
    }

    @Override
    protected void implCloseSelector() throws IOException {
        engine.close();
    }

    @Override
    public Set<SelectionKey> keys() {
        return Set.of();
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        return Set.of();
    }

    @Override
    public int select(long timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int select() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Selector wakeup() {
        throw new UnsupportedOperationException();
    }
}
