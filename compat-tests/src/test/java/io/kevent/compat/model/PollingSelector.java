// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.model;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The simplest selector there is, for one thread: it asks {@code poll(2)} about one key after the other. Without a fault it must pass the model,
 * which shows that the model does not ask for the JDK's inner workings; with a fault the model must find it.
 */
final class PollingSelector extends AbstractSelector {

    private static final long FOREVER_BOUND = 2500;
    private static final int DROPPED = 40;

    private final Fault fault;
    private final Set<PollingKey> keys = new LinkedHashSet<>();
    private final Set<PollingKey> selected = new LinkedHashSet<>();
    private final Set<SelectionKey> selectedView = new SelectedKeys();
    private Set<SelectionKey> late = Set.of();
    private boolean selecting;
    private volatile boolean woken;
    private int events;

    PollingSelector(PollingProvider provider, Fault fault) {
        super(provider);
        this.fault = fault;
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attachment) {
        requireOpen();
        PollingKey key = new PollingKey(this, channel, ops, attachment);
        keys.add(key);
        return key;
    }

    @Override
    public Set<SelectionKey> keys() {
        requireOpen();
        return Collections.unmodifiableSet(keys);
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        requireOpen();
        return selectedView;
    }

    @Override
    public int selectNow() throws IOException {
        return select(null, 0, true);
    }

    @Override
    public int select(long timeout) throws IOException {
        return select(null, timeout == 0 ? FOREVER_BOUND : timeout, false);
    }

    @Override
    public int select() throws IOException {
        return select(null, FOREVER_BOUND, false);
    }

    @Override
    public int selectNow(Consumer<SelectionKey> action) throws IOException {
        return select(action, 0, true);
    }

    @Override
    public int select(Consumer<SelectionKey> action, long timeout) throws IOException {
        return select(action, timeout == 0 ? FOREVER_BOUND : timeout, false);
    }

    @Override
    public int select(Consumer<SelectionKey> action) throws IOException {
        return select(action, FOREVER_BOUND, false);
    }

    @Override
    public Selector wakeup() {
        woken = fault != Fault.LOSES_WAKEUPS;
        return this;
    }

    @Override
    protected void implCloseSelector() throws IOException {
        for (PollingKey key : List.copyOf(keys)) {
            key.cancel();
            release(key);
        }
        selected.clear();
    }

    private int select(Consumer<SelectionKey> action, long millis, boolean now) throws IOException {
        requireOpen();
        if (selecting) {
            throw new IllegalStateException("select in progress");
        }
        selecting = true;
        try {
            releaseCancelled();
            Map<PollingKey, Integer> collected = collect(millis);
            woken &= now && fault == Fault.KEEPS_A_WAKEUP_AFTER_SELECT_NOW;
            releaseCancelled();
            keys.forEach(key -> key.formerInterest = key.interest());
            int count = 0;
            for (Map.Entry<PollingKey, Integer> event : collected.entrySet()) {
                count += deliver(event.getKey(), event.getValue(), action) ? 1 : 0;
            }
            return count;
        } finally {
            selecting = false;
        }
    }

    private Map<PollingKey, Integer> collect(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        Map<PollingKey, Integer> collected = new LinkedHashMap<>();
        while (true) {
            for (PollingKey key : keys) {
                int mask = key.isValid() ? mask(key) : 0;
                if (mask != 0) {
                    collected.put(key, mask);
                }
            }
            if (!collected.isEmpty() || woken || Thread.currentThread().isInterrupted() || System.nanoTime() - end >= 0) {
                return collected;
            }
            LockSupport.parkNanos(100_000);
        }
    }

    private int mask(PollingKey key) {
        int interest = fault == Fault.TAKES_INTEREST_CHANGES_A_SELECT_LATE ? key.formerInterest : key.interest();
        int mask = 0;
        if (interest != 0) {
            mask = Kernel.poll(key.channel()) & (Kernel.ERR | Kernel.HUP
                    | ((interest & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0 ? Kernel.IN : 0)
                    | ((interest & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT)) != 0 ? Kernel.OUT : 0));
        }
        if (fault == Fault.IGNORES_HANG_UPS) {
            mask &= ~(Kernel.ERR | Kernel.HUP);
        }
        if (fault == Fault.FORGETS_WHAT_IT_HAS_REPORTED_ONCE) {
            int before = key.reported;
            key.reported = mask;
            mask &= ~before;
        }
        return mask != 0 && fault == Fault.DROPS_AN_EVENT_NOW_AND_THEN && ++events % DROPPED == 0 ? 0 : mask;
    }

    private boolean deliver(PollingKey key, int mask, Consumer<SelectionKey> action) {
        if (action == null && selected.contains(key)) {
            return key.take(mask, true, fault) || fault == Fault.COUNTS_KEYS_THAT_DID_NOT_CHANGE;
        }
        key.take(mask, false, fault);
        if ((key.ready() & key.interest()) == 0) {
            return false;
        }
        if (action == null) {
            selected.add(key);
        } else {
            action.accept(key);
            requireOpen();
        }
        return true;
    }

    private void releaseCancelled() throws IOException {
        synchronized (cancelledKeys()) {
            Set<SelectionKey> due = fault == Fault.REMOVES_CANCELLED_KEYS_A_SELECT_LATE ? late : Set.copyOf(cancelledKeys());
            late = Set.copyOf(cancelledKeys());
            for (SelectionKey key : due) {
                release((PollingKey) key);
                cancelledKeys().remove(key);
            }
        }
    }

    private void release(PollingKey key) throws IOException {
        if (!keys.remove(key)) {
            return;
        }
        selected.remove(key);
        deregister(key);
        if (!key.channel().isOpen() && !key.channel().isRegistered() && fault != Fault.FORGETS_TO_LET_DESCRIPTORS_GO) {
            Kernel.letGo(key.channel());
        }
    }

    private void requireOpen() {
        if (!isOpen()) {
            throw new ClosedSelectorException();
        }
    }

    /** Keys can be taken out of it, but not put in: {@code add} is refused by the superclass. */
    private final class SelectedKeys extends AbstractSet<SelectionKey> {

        @Override
        public Iterator<SelectionKey> iterator() {
            Iterator<PollingKey> all = selected.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return all.hasNext();
                }

                @Override
                public SelectionKey next() {
                    return all.next();
                }

                @Override
                public void remove() {
                    all.remove();
                }
            };
        }

        @Override
        public int size() {
            return selected.size();
        }

        @Override
        public boolean contains(Object key) {
            return selected.contains(key);
        }

        @Override
        public boolean remove(Object key) {
            return selected.remove(key);
        }

        @Override
        public void clear() {
            selected.clear();
        }
    }
}
