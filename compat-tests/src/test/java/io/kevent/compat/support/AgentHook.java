// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.support;

import io.kevent.provider.adoption.Adoption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What the agent has the JDK's methods call, put to other use. */
final class AgentHook {
    private AgentHook() { }

    /** From now on selectors are opened as if the agent were not there. */
    static void leaveOpeningToTheJdk() {
        set("provider", Supplier.class, null);
        if (SelectorProvider.provider().getClass().getName().startsWith("io.kevent.")) {
            throw new IllegalStateException("the selectors are kevent's own");
        }
    }

    /** From now on selectors are taken over by the given adoption. */
    static void use(Adoption adoption) throws ReflectiveOperationException {
        MethodHandle select = MethodHandles.lookup().findVirtual(Adoption.class, "doSelect",
                MethodType.methodType(long.class, Selector.class, Consumer.class, long.class)).bindTo(adoption);
        set("wakeup", Predicate.class, (Predicate<Object>) selector -> {
            try {
                return adoption.wakeup((Selector) selector);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        set("deregister", BiConsumer.class, (BiConsumer<Object, Object>) (selector, key) -> adoption.implDereg((Selector) selector, (SelectionKey) key));
        set("close", Consumer.class, (Consumer<Object>) selector -> {
            try {
                adoption.implClose((Selector) selector);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        // last: what is taken over needs the others
        set("select", MethodHandle.class, select.asType(MethodType.methodType(long.class, Object.class, Object.class, long.class)));
    }

    private static void set(String field, Class<?> type, Object value) {
        try {
            Class<?> hook = Class.forName("sun.nio.ch.KeventHook");
            MethodHandles.privateLookupIn(hook, MethodHandles.lookup()).findStaticVarHandle(hook, field, type).setVolatile(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the agent is not there", e);
        }
    }
}
