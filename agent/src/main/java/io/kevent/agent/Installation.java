// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import io.kevent.KeventOps;
import io.kevent.agent.advice.ProviderAdvice;
import io.kevent.agent.advice.ReadAdvice;
import io.kevent.agent.advice.RegisterAdvice;
import io.kevent.provider.KeventSelectorProvider;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

/** kevent in a JVM: opens the JDK's internals to itself, has the JDK answer its provider and accept its options, and can take all of it back. */
final class Installation {
    private final HookClass hook;
    private final Weaving weaving;

    private Installation(HookClass hook, Weaving weaving) {
        this.hook = hook;
        this.weaving = weaving;
    }

    /** All or nothing: what fails is thrown after everything is as it was. */
    static Installation install(Instrumentation instrumentation, AgentOptions options) throws Exception {
        open(instrumentation, "sun.nio.ch", "java.nio.channels.spi");
        KeventSelectorProvider provider = new KeventSelectorProvider(options.acceptWakesOne(), options.serves());
        if (!provider.isActive()) {
            throw new IllegalStateException("it does not run on this platform, as was logged");
        }
        HookClass hook = HookClass.define();
        Installation installation = new Installation(hook, weave(instrumentation));
        try {
            hook.set("provider", Supplier.class, (Supplier<Object>) () -> provider);
            hook.set("register", Function.class, (Function<Object[], Object>) Installation::register);
            hook.set("beforeRead", ToIntFunction.class, (ToIntFunction<Object>) Reads::before);
            hook.set("drained", ObjIntConsumer.class, (ObjIntConsumer<Object>) Reads::drained);
            SelfTest.run(provider);
            return installation;
        } catch (Exception | LinkageError e) {
            installation.undo();
            throw e;
        }
    }

    private static void open(Instrumentation instrumentation, String... packages) {
        Set<Module> self = Set.of(Installation.class.getModule());
        Map<String, Set<Module>> opens = new HashMap<>();
        for (String name : packages) {
            opens.put(name, self);
        }
        instrumentation.redefineModule(Object.class.getModule(), Set.of(), Map.of(), opens, Set.of(), Map.of());
    }

    private static Weaving weave(Instrumentation instrumentation)
            throws IOException, ReflectiveOperationException, UnmodifiableClassException {
        Weaving weaving = new Weaving()
                .with(SelectorProvider.class, named("provider"), ProviderAdvice.class)
                .with(AbstractSelectableChannel.class, named("register"), RegisterAdvice.class)
                .with(Class.forName("sun.nio.ch.SocketChannelImpl"), named("read").and(takesArguments(1)), ReadAdvice.class);
        weaving.weave(instrumentation);
        return weaving;
    }

    /** For the hook: registers with options; null leaves it to the JDK, which refuses them, if the selector is not ours. */
    private static Object register(Object[] call) {
        Selector selector = (Selector) call[1];
        if (!KeventOps.supportedBy(selector)) {
            return null;
        }
        try {
            SelectionKey key = KeventOps.register((SelectableChannel) call[0], selector, (int) call[2], call[3]);
            return key;
        } catch (ClosedChannelException e) {
            throw Installation.<RuntimeException>unchecked(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** Takes it all back; selectors and channels that are open go on as they are. */
    void undo() throws ReflectiveOperationException, UnmodifiableClassException {
        hook.set("provider", Supplier.class, null);
        hook.set("register", Function.class, null);
        hook.set("beforeRead", ToIntFunction.class, null);
        hook.set("drained", ObjIntConsumer.class, null);
        weaving.unweave();
    }
}
