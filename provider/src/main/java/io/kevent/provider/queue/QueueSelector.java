// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/**
 * What a queue is to the JDK. A channel tells the selectors that it is registered with that it closes, keeps its descriptor until they have let go of it, and
 * cannot become blocking meanwhile: a queue needs all three, and so is a selector, which nobody selects by. It also has a thread woken that is interrupted
 * while it is blocked in the kernel.
 */
final class QueueSelector extends AbstractSelector {
    private final Runnable wake;

    QueueSelector(SelectorProvider provider, Runnable wake) {
        super(provider);
        this.wake = wake;
    }

    /** The thread may block from now on: an interrupt wakes it. */
    void beginBlocking() {
        begin();
    }

    /** The thread is back. */
    void endBlocking() {
        end();
    }

    /** Lets a channel forget the key, unless its registration is still under way. */
    void letGo(AbstractSelectionKey key) {
        if (key.channel().keyFor(this) == key) {
            deregister(key);
        }
        Set<SelectionKey> cancelled = cancelledKeys();
        synchronized (cancelled) {
            // the JDK lists them for the next select, which there is none of
            cancelled.clear();
        }
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object key) {
        return (SelectionKey) key;
    }

    @Override
    public Selector wakeup() {
        wake.run();
        return this;
    }

    @Override
    protected void implCloseSelector() { }

    private static UnsupportedOperationException nobodySelects() {
        return new UnsupportedOperationException("the selector of a queue: take events from the queue");
    }

    @Override
    public Set<SelectionKey> keys() {
        throw nobodySelects();
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        throw nobodySelects();
    }

    @Override
    public int selectNow() throws IOException {
        throw nobodySelects();
    }

    @Override
    public int select(long timeout) throws IOException {
        throw nobodySelects();
    }

    @Override
    public int select() throws IOException {
        throw nobodySelects();
    }
}
