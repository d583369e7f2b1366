// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.provider.queue.Background;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** The handler that a program has installed for a signal in the JVM, and the signal raised. By reflection, as no compiler that warns knows the classes. */
final class OwnSignalHandler implements AutoCloseable {
    private final Class<?> signalType = Class.forName("sun.misc.Signal");
    private final Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    private final Method handle = signalType.getMethod("handle", signalType, handlerType);
    private final AtomicInteger handled = new AtomicInteger();
    private final Object signal;
    private final Object own;
    private final Object before;

    OwnSignalHandler(String name) throws ReflectiveOperationException {
        signal = signalType.getConstructor(String.class).newInstance(name);
        own = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {handlerType},
                (proxy, method, arguments) -> method.getName().equals("handle") ? count() : unexpected(method));
        before = handle.invoke(null, signal, own);
    }

    private Object count() {
        handled.incrementAndGet();
        return null;
    }

    private static Object unexpected(Method method) {
        throw new AssertionError(method);
    }

    int handled() {
        return handled.get();
    }

    /** Raises the signal, and waits until this handler has run. Whoever watches the signal has been told by then. */
    void raise() throws ReflectiveOperationException {
        int expected = handled.get() + 1;
        signalType.getMethod("raise", signalType).invoke(null, signal);
        Background.until("the handler has run", () -> handled.get() == expected);
    }

    /** Whether the JVM calls this handler and nobody between. */
    boolean isInPlace() throws ReflectiveOperationException {
        return handle.invoke(null, signal, own) == own;
    }

    @Override
    public void close() {
        try {
            handle.invoke(null, signal, before);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
