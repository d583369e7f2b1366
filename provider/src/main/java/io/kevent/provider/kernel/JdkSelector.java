// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One of the JDK's own selectors, for somebody who does its work in its place: its descriptors, what it has queued, how it keeps and reports its keys, its
 * wake-up. Unless said otherwise the caller holds the selector's monitor.
 */
public final class JdkSelector {
    private static final Binding SELECTOR = Binding.to("EPollSelectorImpl");
    private static final Class<?> TYPE = SELECTOR.type();
    private static final VarHandle EPFD = SELECTOR.field("epfd", int.class);
    private static final VarHandle EVENT_FD = SELECTOR.field("eventfd", Binding.to("EventFD").type());
    private static final VarHandle FD_TO_KEY = SELECTOR.field("fdToKey", Map.class);
    private static final VarHandle UPDATE_LOCK = SELECTOR.field("updateLock", Object.class);
    private static final VarHandle UPDATE_KEYS = SELECTOR.field("updateKeys", Deque.class);
    private static final VarHandle INTERRUPT_LOCK = SELECTOR.field("interruptLock", Object.class);
    private static final VarHandle INTERRUPT_TRIGGERED = SELECTOR.field("interruptTriggered", boolean.class);

    private static final Binding BASE = Binding.to("SelectorImpl");
    private static final MethodHandle BEGIN = BASE.method("begin", void.class, boolean.class);
    private static final MethodHandle END = BASE.method("end", void.class, boolean.class);
    private static final MethodHandle DEREGISTER_CANCELLED = BASE.method("processDeregisterQueue", void.class);

    private static final Binding KEY = Binding.to("SelectionKeyImpl");
    private static final MethodHandle REPORT = BASE.method("processReadyEvents", int.class, int.class, KEY.type(), Consumer.class);
    private static final MethodHandle INTEREST = KEY.method("nioInterestOps", int.class);
    private static final MethodHandle EVENTS_OF_INTEREST = KEY.method("translateInterestOps", int.class);
    private static final MethodHandle WATCHED = KEY.method("registeredEvents", int.class);
    private static final MethodHandle SET_WATCHED = KEY.method("registeredEvents", void.class, int.class);

    private static final Binding EVENT = Binding.to("EventFD");
    private static final MethodHandle EVENT_DESCRIPTOR = EVENT.method("efd", int.class);
    private static final MethodHandle EVENT_SET = EVENT.method("set", void.class);
    private static final MethodHandle EVENT_RESET = EVENT.method("reset", void.class);

    private final Selector selector;
    private final Object eventFd;
    private final Map<Integer, SelectionKey> keysByDescriptor;
    private final Object updateLock;
    private final Deque<SelectionKey> updates;
    private final Object interruptLock;

    /**
     * Looks into a selector. Any thread, no locks.
     *
     * @param selector one for which {@link #isOne} holds
     */
    @SuppressWarnings("unchecked")
    public JdkSelector(Selector selector) {
        this.selector = selector;
        this.eventFd = EVENT_FD.get(selector);
        this.keysByDescriptor = (Map<Integer, SelectionKey>) FD_TO_KEY.get(selector);
        this.updateLock = UPDATE_LOCK.get(selector);
        this.updates = (Deque<SelectionKey>) UPDATE_KEYS.get(selector);
        this.interruptLock = INTERRUPT_LOCK.get(selector);
    }

    /**
     * Tells whether a selector is one of the JDK's that run on epoll. Any thread.
     *
     * @param selector any selector
     * @return whether the constructor accepts it
     */
    public static boolean isOne(Selector selector) {
        return TYPE.isInstance(selector);
    }

    /**
     * Tells whether a class is of those that a selection of the JDK's passes through. Any thread.
     *
     * @param className a class's name
     * @return whether it is of the JDK's selectors
     */
    public static boolean isPart(String className) {
        return className.startsWith(TYPE.getPackageName() + ".");
    }

    /**
     * The object behind.
     *
     * @return what the application calls its selector
     */
    public Selector selector() {
        return selector;
    }

    int epollDescriptor() {
        return (int) EPFD.get(selector);
    }

    int eventDescriptor() {
        try {
            return (int) EVENT_DESCRIPTOR.invokeExact(eventFd);
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }

    // ---- keys

    /**
     * The keys that the selector has seen the interest of.
     *
     * @return a copy
     */
    public List<SelectionKey> keysSeen() {
        return List.copyOf(keysByDescriptor.values());
    }

    /**
     * Takes the keys whose interest has changed since this was last called, and has the selector know those that are valid.
     *
     * @param action told of each valid one
     */
    public void takeUpdates(Consumer<SelectionKey> action) {
        synchronized (updateLock) {
            for (SelectionKey key = updates.pollFirst(); key != null; key = updates.pollFirst()) {
                if (key.isValid()) {
                    keysByDescriptor.putIfAbsent(JdkChannels.descriptor(key.channel()), key);
                    action.accept(key);
                }
            }
        }
    }

    /**
     * Has the selector itself look at a key's interest in its next selection.
     *
     * @param key one of its keys
     */
    public void queueUpdate(SelectionKey key) {
        synchronized (updateLock) {
            updates.addLast(key);
        }
    }

    /**
     * The interest set of a key, of a cancelled one too. Any thread.
     *
     * @param key one of the selector's keys
     * @return operations
     */
    public static int interest(SelectionKey key) {
        return get(INTEREST, key);
    }

    /**
     * What the interest set of a key means to the kernel.
     *
     * @param key one of the selector's keys
     * @return {@link Events}
     */
    public static int eventsOfInterest(SelectionKey key) {
        return get(EVENTS_OF_INTEREST, key);
    }

    /**
     * What the selector believes the kernel watches a key's channel for.
     *
     * @param key one of the selector's keys
     * @return {@link Events}; 0 if it does not watch
     */
    public static int watched(SelectionKey key) {
        return get(WATCHED, key);
    }

    /**
     * Has the selector believe that.
     *
     * @param key one of the selector's keys
     * @param events {@link Events}; 0 if the kernel does not watch
     */
    public static void watched(SelectionKey key, int events) {
        try {
            SET_WATCHED.invokeExact((Object) key, events);
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }

    private static int get(MethodHandle getter, Object key) {
        try {
            return (int) getter.invokeExact(key);
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }

    // ---- selecting

    /** The selecting thread may block from now on. */
    public void begin() {
        mark(BEGIN);
    }

    /** The selecting thread is back. */
    public void end() {
        mark(END);
    }

    private void mark(MethodHandle handle) {
        try {
            handle.invokeExact((Object) selector, true);
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }

    /**
     * Lets go of the keys that were cancelled. Needs the monitor of the selected-key set, too.
     *
     * @throws IOException as the JDK's selector throws it
     */
    public void deregisterCancelled() throws IOException {
        try {
            DEREGISTER_CANCELLED.invokeExact((Object) selector);
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    /**
     * Reports a key: puts it into the selected-key set or calls the action, if anything is ready that it is interested in at this time. Needs the monitor of
     * that set, too.
     *
     * @param events what the kernel told
     * @param key one of the selector's keys
     * @param action the application's action, or null
     * @return 1 if the key's ready set was updated or the action called, else 0
     */
    public int report(int events, SelectionKey key, Consumer<SelectionKey> action) {
        try {
            return (int) REPORT.invokeExact((Object) selector, events, (Object) key, action);
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }

    // ---- waking up

    /**
     * Takes the wake-up that the selector was asked for by its own means, if there is one: the next one rings its eventfd again. Any thread, no locks.
     *
     * @return whether there was one
     */
    public boolean takeWakeup() {
        synchronized (interruptLock) {
            boolean triggered = (boolean) INTERRUPT_TRIGGERED.get(selector);
            INTERRUPT_TRIGGERED.set(selector, false);
            return triggered;
        }
    }

    /**
     * Leaves the wake-up to the selector's own means: its eventfd, watched level-triggered again, stays readable only if its next selection must not wait.
     *
     * @param pending whether a wake-up was asked for that nobody has heard
     * @throws IOException if the kernel refuses
     */
    public void leaveWakeup(boolean pending) throws IOException {
        synchronized (interruptLock) {
            if ((boolean) INTERRUPT_TRIGGERED.get(selector)) {
                // asked for by its own means since; the eventfd is set
                return;
            }
            try {
                if (pending) {
                    EVENT_SET.invokeExact(eventFd);
                    INTERRUPT_TRIGGERED.set(selector, true);
                } else {
                    EVENT_RESET.invokeExact(eventFd);
                }
            } catch (Throwable t) {
                throw SystemCall.<IOException>rethrow(t);
            }
        }
    }
}
