// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import io.kevent.provider.kernel.JdkProvider;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** One of the JDK's selectors as it is when its methods call an adoption first. The selector's own methods are unchanged. */
final class WovenSelector implements Closeable {
    /** What {@link #bodyTimeout} is as long as the JDK's own method was not needed. */
    static final long NO_BODY = Long.MAX_VALUE;

    private final Selector jdk;
    private final Deque<SelectionKey> cancelled = new ArrayDeque<>();
    private volatile Adoption adoption;
    private volatile long bodyTimeout = NO_BODY;

    WovenSelector(Adoption adoption) throws IOException {
        this.jdk = JdkProvider.get().openSelector();
        this.adoption = adoption;
    }

    Selector jdk() {
        return jdk;
    }

    void use(Adoption other) {
        adoption = other;
    }

    boolean isAdopted() {
        return adoption.adopted().contains(jdk);
    }

    /** What the JDK's own method was given to do last. */
    long bodyTimeout() {
        return bodyTimeout;
    }

    int select(long timeoutMillis) throws IOException {
        return select(null, timeoutMillis);
    }

    /** The timeout is that of {@code doSelect}: 0 not to wait, negative to wait without a bound. */
    int select(Consumer<SelectionKey> action, long timeoutMillis) throws IOException {
        synchronized (jdk) {
            synchronized (jdk.selectedKeys()) {
                for (SelectionKey key = cancelled.poll(); key != null; key = cancelled.poll()) {
                    adoption.implDereg(jdk, key);
                }
                long done = adoption.doSelect(jdk, action, timeoutMillis);
                if (done >= 0) {
                    return (int) done;
                }
                bodyTimeout = done == Adoption.NOT_DONE ? timeoutMillis : ~done;
                return body(action, bodyTimeout);
            }
        }
    }

    private int body(Consumer<SelectionKey> action, long timeoutMillis) throws IOException {
        if (timeoutMillis == 0) {
            return action == null ? jdk.selectNow() : jdk.selectNow(action);
        }
        long timeout = Math.max(timeoutMillis, 0);
        return action == null ? jdk.select(timeout) : jdk.select(action, timeout);
    }

    void wakeup() throws IOException {
        if (!adoption.wakeup(jdk)) {
            jdk.wakeup();
        }
    }

    /** Cancels a key, which is let go of at the begin of the next select. */
    void cancel(SelectionKey key) {
        key.cancel();
        cancelled.add(key);
    }

    @Override
    public void close() throws IOException {
        wakeup();
        synchronized (jdk) {
            if (jdk.isOpen()) {
                adoption.implClose(jdk);
                jdk.close();
            }
        }
    }
}
