// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.install;

import io.kevent.KeventOps;
import io.kevent.agent.hook.Hook;
import io.kevent.provider.KeventSelectorProvider;
import io.kevent.provider.adoption.Adoption;
import io.kevent.provider.figures.KeventLog;
import io.kevent.provider.kernel.JdkSelector;
import io.kevent.provider.selector.ReadLearning;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What the JDK's changed methods call, in the words of {@link io.kevent.agent.hook.Hook}. */
final class Hooks {
    private final HookClass hook;

    Hooks(HookClass hook) {
        this.hook = hook;
    }

    /** What selectors and channels that are opened from now on need. */
    void setProvider(KeventSelectorProvider provider) throws ReflectiveOperationException {
        hook.set("provider", Supplier.class, (Supplier<Object>) () -> provider);
        hook.set("register", Function.class, (Function<Object[], Object>) Hooks::register);
        hook.set("refuse", ObjIntConsumer.class, (ObjIntConsumer<Object>) Hooks::refuse);
    }

    /** What selectors that are open already need. */
    void setAdoption(Adoption adoption) throws ReflectiveOperationException {
        MethodHandle select = MethodHandles.lookup().findVirtual(Adoption.class, "doSelect",
                MethodType.methodType(long.class, Selector.class, Consumer.class, long.class)).bindTo(adoption);
        hook.set("wakeup", Predicate.class, (Predicate<Object>) selector -> wakeup(adoption, (Selector) selector));
        hook.set("deregister", BiConsumer.class,
                (BiConsumer<Object, Object>) (selector, key) -> adoption.implDereg((Selector) selector, (SelectionKey) key));
        hook.set("close", Consumer.class, (Consumer<Object>) selector -> close(adoption, (Selector) selector));
        Reads reads = new Reads(adoption::knote);
        hook.set("endRead", ObjIntConsumer.class,
                (ObjIntConsumer<Object>) (begun, what) -> ReadLearning.endRead(begun, (what & Hook.TOOK) != 0, (what & Hook.EMPTIED) != 0));
        hook.set("beginRead", Function.class, (Function<Object, Object>) reads::begin);
        // last: a selector that is taken over must not let go of a key, or be closed, without the adoption's being told
        hook.set("select", MethodHandle.class, select.asType(MethodType.methodType(long.class, Object.class, Object.class, long.class)));
    }

    void clearProvider() throws ReflectiveOperationException {
        hook.set("provider", Supplier.class, null);
        hook.set("register", Function.class, null);
        hook.set("refuse", ObjIntConsumer.class, null);
    }

    void clearAdoption() throws ReflectiveOperationException {
        hook.set("select", MethodHandle.class, null);
        hook.set("wakeup", Predicate.class, null);
        hook.set("deregister", BiConsumer.class, null);
        hook.set("close", Consumer.class, null);
        hook.set("beginRead", Function.class, null);
        hook.set("endRead", ObjIntConsumer.class, null);
    }

    /** Registers with options, or says why not; null leaves it to the JDK if the selector is neither ours nor the JDK's. */
    private static Object register(Object[] call) {
        Selector selector = (Selector) call[1];
        if (!KeventOps.supportedBy(selector) && !JdkSelector.isOne(selector)) {
            return null;
        }
        try {
            SelectionKey key = KeventOps.register((SelectableChannel) call[0], selector, (int) call[2], call[3]);
            return key;
        } catch (ClosedChannelException e) {
            throw Hooks.<RuntimeException>unchecked(e);
        }
    }

    /** A selector of the JDK stays one when it is taken over, and its keys keep what they were made with: operations. */
    private static void refuse(Object key, int ops) {
        throw new IllegalArgumentException(KeventOps.toString(ops & KeventOps.OPTIONS) + " is not accepted by a key of "
                + ((SelectionKey) key).selector().getClass().getName() + ": open the selector with kevent installed");
    }

    private static boolean wakeup(Adoption adoption, Selector selector) {
        try {
            return adoption.wakeup(selector);
        } catch (IOException e) {
            // as the JDK's own method does
            throw new InternalError(e);
        }
    }

    private static void close(Adoption adoption, Selector selector) {
        try {
            adoption.implClose(selector);
        } catch (IOException e) {
            // the selector must close its descriptors nonetheless
            KeventLog.log(System.Logger.Level.WARNING, "something of " + selector + " could not be released when it was closed", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
