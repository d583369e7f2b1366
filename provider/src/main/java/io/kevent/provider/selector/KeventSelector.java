// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.KeventOps;
import io.kevent.OptionSelector;
import io.kevent.provider.core.Attempts;
import io.kevent.provider.core.ChangeList;
import io.kevent.provider.core.Collector;
import io.kevent.provider.core.Knote;
import io.kevent.provider.core.KnoteTable;
import io.kevent.provider.core.Looks;
import io.kevent.provider.core.Rivals;
import io.kevent.provider.core.Wakeup;
import io.kevent.provider.figures.SelectorRegistry;
import io.kevent.provider.figures.SelectorWatch;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.kernel.Kernel;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A selector on the kevent core. Locks are taken in the order that {@link Selector} specifies: the selector, then its selected-key set; the cancelled-key
 * set after both.
 */
public final class KeventSelector extends AbstractSelector implements OptionSelector {
    private static final int FOREVER = -1;

    // what a wake-up touches, first: as near to the object's header as can be, and not by way of the collector
    private final Wakeup wakeup;
    private final SelectorWatch watch;

    private final KnoteTable table = new KnoteTable();
    private final KeySet keys = new KeySet(table);
    private final SelectedKeySet selectedKeys = new SelectedKeySet();
    private final Collector collector;
    private final SelectLoop loop;
    private final boolean acceptWakesOne;

    // ---- guarded by this

    private boolean inSelect;

    /** The keys that are being deregistered; only null between. */
    private SelectionKey[] leaving = new SelectionKey[0];

    /**
     * Opens a selector.
     *
     * @param provider whose selector it is
     * @param kernel where its descriptors come from
     * @throws IOException if the process has no descriptor or memory left
     */
    public KeventSelector(SelectorProvider provider, Kernel kernel) throws IOException {
        this(provider, kernel, false);
    }

    /**
     * Opens a selector.
     *
     * @param provider whose selector it is
     * @param kernel where its descriptors come from
     * @param acceptWakesOne whether all its keys of listeners are wake-one, whatever their interest sets say
     * @throws IOException if the process has no descriptor or memory left
     */
    public KeventSelector(SelectorProvider provider, Kernel kernel, boolean acceptWakesOne) throws IOException {
        super(provider);
        this.acceptWakesOne = acceptWakesOne;
        this.collector = new Collector(kernel, table);
        this.wakeup = collector.wakeup();
        try {
            this.watch = SelectorRegistry.add("kevent", this, collector, table);
            this.loop = new Loop();
            Rivals.add(this);
        } catch (RuntimeException | Error e) {
            collector.close();
            throw e;
        }
    }

    ChangeList changes() {
        return collector.changes();
    }

    Looks looks() {
        return collector.looks();
    }

    boolean wakesOne(SelectableChannel channel) {
        return acceptWakesOne && channel.validOps() == SelectionKey.OP_ACCEPT;
    }

    @Override
    public Set<SelectionKey> keys() {
        requireOpen();
        return keys;
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        requireOpen();
        return selectedKeys;
    }

    private void requireOpen() {
        if (!isOpen()) {
            throw new ClosedSelectorException();
        }
    }

    // ---- selecting

    @Override
    public int selectNow() throws IOException {
        return lockAndSelect(null, 0);
    }

    @Override
    public int select() throws IOException {
        return lockAndSelect(null, FOREVER);
    }

    @Override
    public int select(long timeout) throws IOException {
        return lockAndSelect(null, timeoutOf(timeout));
    }

    @Override
    public int selectNow(Consumer<SelectionKey> action) throws IOException {
        return lockAndSelect(Objects.requireNonNull(action, "action"), 0);
    }

    @Override
    public int select(Consumer<SelectionKey> action) throws IOException {
        return lockAndSelect(Objects.requireNonNull(action, "action"), FOREVER);
    }

    @Override
    public int select(Consumer<SelectionKey> action, long timeout) throws IOException {
        return lockAndSelect(Objects.requireNonNull(action, "action"), timeoutOf(timeout));
    }

    /** What the caller's milliseconds mean to the kernel, whose longest time is 24 days; it may be cut short, as the JDK cuts it. */
    private static int timeoutOf(long timeout) {
        if (timeout < 0) {
            throw new IllegalArgumentException("negative timeout: " + timeout);
        }
        return timeout == 0 ? FOREVER : (int) Math.min(timeout, Integer.MAX_VALUE);
    }

    private int lockAndSelect(Consumer<SelectionKey> action, int timeoutMillis) throws IOException {
        try {
            return selectLocked(action, timeoutMillis);
        } finally {
            watch.tell();
        }
    }

    private int selectLocked(Consumer<SelectionKey> action, int timeoutMillis) throws IOException {
        synchronized (this) {
            requireOpen();
            if (inSelect) {
                throw new IllegalStateException("select in progress");
            }
            inSelect = true;
            try {
                synchronized (selectedKeys) {
                    selectedKeys.beginSelection();
                    return loop.select(action, timeoutMillis);
                }
            } finally {
                inSelect = false;
            }
        }
    }

    private int report(Knote knote, int ops, boolean hungUp, Consumer<SelectionKey> action) {
        KeventSelectionKey key = (KeventSelectionKey) knote;
        if (action != null) {
            key.ready(ops);
            action.accept(key);
            requireOpen();
            return 1;
        }
        return selectedKeys.select(key, ops, hungUp) ? 1 : 0;
    }

    /** What the loop needs of this selector. */
    private final class Loop extends SelectLoop {
        Loop() {
            super(collector, watch);
        }

        @Override
        protected void begin() {
            KeventSelector.this.begin();
        }

        @Override
        protected void end() {
            KeventSelector.this.end();
        }

        @Override
        protected void deregisterCancelled() throws IOException {
            KeventSelector.this.deregisterCancelled();
        }

        @Override
        protected void makeRoom() {
            selectedKeys.makeRoom();
        }

        @Override
        protected int report(Knote knote, int ops, int events, Consumer<SelectionKey> action) {
            return KeventSelector.this.report(knote, ops, (events & Events.UNASKED) != 0, action);
        }

        @Override
        protected int reportNothing(Knote knote, int events, Consumer<SelectionKey> action) {
            KeventSelectionKey key = (KeventSelectionKey) knote;
            if (action != null || !selectedKeys.isSelected(key)) {
                key.ready(0);
            }
            if (!key.waitsFor(events)) {
                leaveToOthers(key);
            }
            return 0;
        }
    }

    @Override
    public Selector wakeup() {
        watch.wakes();
        try {
            wakeup.wake();
        } catch (IOException e) {
            // as the JDK does: the descriptor is ours and open, so that only a broken process comes here
            throw new InternalError(e);
        }
        return this;
    }

    /** Carries out changes of interest now, though a selection may be under way: one that takes turns with other selectors must not wait for its end. */
    void carryOutChanges() {
        try {
            wakeup.nudge();
        } catch (IOException e) {
            throw new InternalError(e);
        }
    }

    // ---- registering and deregistering

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attachment) {
        if (!JdkChannels.isJdkChannel(channel)) {
            throw new IllegalSelectorException();
        }
        KeventOps.requireValid(ops, channel);
        requireOpen();
        KeventSelectionKey key = new KeventSelectionKey(channel, this);
        key.attach(attachment);
        table.add(key);
        try {
            key.interestOps(ops);
        } catch (CancelledKeyException e) {
            // seen in the key set and cancelled by another thread meanwhile: returned as it is, unless it was the close of the selector
            assert !key.isValid();
        }
        if (!isOpen()) {
            table.remove(key);
            key.cancel();
            throw new ClosedSelectorException();
        }
        return key;
    }

    /** Lets go of what was cancelled, all of it: what fails for one channel is thrown at the end. */
    private void deregisterCancelled() throws IOException {
        Set<SelectionKey> cancelled = cancelledKeys();
        // twice in each select, and so without the set's lock: if a key was cancelled before the select, what orders the two makes it seen here
        if (cancelled.isEmpty()) {
            return;
        }
        int count;
        synchronized (cancelled) {
            count = cancelled.size();
            leaving = cancelled.toArray(leaving);
            cancelled.clear();
        }
        Attempts attempts = new Attempts();
        for (int i = 0; i < count; i++) {
            KeventSelectionKey key = (KeventSelectionKey) leaving[i];
            leaving[i] = null;
            try {
                deregisterCancelled(key);
            } catch (IOException | RuntimeException | Error e) {
                // no step of its own: each would be an object for each key
                attempts.failed(e);
            }
        }
        attempts.end();
    }

    /**
     * The kernel is told of a channel that was closed, too, though its descriptor is closed right after: a process that was just forked may hold the
     * same socket for a while, and the kernel would go on to tell of it by a number that is another channel's by then.
     */
    private void deregisterCancelled(KeventSelectionKey key) throws IOException {
        try {
            collector.forget(key);
        } finally {
            // it will not be asked for again: the channel must get free of it, whatever the kernel says
            letGo(key);
            leaveToOthers(key);
        }
    }

    /** The kernel may have chosen it for what was not reported, and chooses no other. */
    private static void leaveToOthers(KeventSelectionKey key) {
        if (key.wokeOne() && key.channel().isOpen()) {
            Rivals.offer(List.of(key));
        }
    }

    private void letGo(KeventSelectionKey key) throws IOException {
        selectedKeys.deselect(key);
        table.remove(key);
        if (key.channel().keyFor(this) == key) {
            deregister((AbstractSelectionKey) key);
        } else {
            // its registration is under way and will find the selector closed; JDK 17 fails to deregister it before
            key.cancel();
        }
        JdkChannels.releaseIfClosed(key.channel());
    }

    @Override
    protected void implCloseSelector() throws IOException {
        wakeup();
        watch.close();
        Rivals.remove(this);
        synchronized (this) {
            synchronized (selectedKeys) {
                Attempts attempts = new Attempts();
                attempts.make(collector::close);
                for (Knote knote : table) {
                    attempts.make(() -> letGo((KeventSelectionKey) knote));
                    attempts.make(() -> leaveToOthers((KeventSelectionKey) knote));
                }
                attempts.end();
            }
        }
    }
}
