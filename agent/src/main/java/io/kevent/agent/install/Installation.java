// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.install;

import io.kevent.agent.advice.CloseAdvice;
import io.kevent.agent.advice.DeregisterAdvice;
import io.kevent.agent.advice.InterestAdvice;
import io.kevent.agent.advice.ProviderAdvice;
import io.kevent.agent.advice.ReadAdvice;
import io.kevent.agent.advice.RegisterAdvice;
import io.kevent.agent.advice.ScatteringReadAdvice;
import io.kevent.agent.advice.SelectAdvice;
import io.kevent.agent.advice.WakeupAdvice;
import io.kevent.provider.KeventSelectorProvider;
import io.kevent.provider.adoption.Adoption;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * kevent in a JVM: opens the JDK's internals to itself, has the JDK answer its provider and accept its options, takes over the selectors that are open,
 * and can take all of it back.
 */
public final class Installation {
    /** How long it is left to those who select to give their selectors back. Event loops are back in less. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** How long a selector may stay locked before the wait for it is given up: far longer than an event loop takes for a turn. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KeventSelectorProvider provider;
    private final Hooks hooks;
    private final Adoption adoption;
    private final Weaving weaving;

    private Installation(KeventSelectorProvider provider, Hooks hooks, Adoption adoption, Weaving weaving) {
        this.provider = provider;
        this.hooks = hooks;
        this.adoption = adoption;
        this.weaving = weaving;
    }

    /**
     * Makes the JVM ready for kevent, which is not in use before {@link #begin}. All or nothing.
     *
     * @param instrumentation what the JVM lets agents do
     * @param options how
     * @return the installation; the caller sees to it that there is one at most
     * @throws Exception what failed, after everything is as it was
     */
    public static Installation prepare(Instrumentation instrumentation, AgentOptions options) throws Exception {
        open(instrumentation, "sun.nio.ch", "java.nio.channels.spi");
        KeventSelectorProvider provider = new KeventSelectorProvider(options.acceptWakesOne(), options.serves());
        Adoption adoption = new Adoption(options.serves());
        Hooks hooks = new Hooks(HookClass.define());
        Weaving weaving = weaving();
        Installation installation = new Installation(provider, hooks, adoption, weaving);
        weaving.weave(instrumentation);
        return installation;
    }

    /**
     * Puts kevent into use, and proves it.
     *
     * @throws Exception what failed, half way: {@link #undo} has to follow, whatever was thrown
     */
    public void begin() throws Exception {
        hooks.setProvider(provider);
        SelfTest.run(provider);
        hooks.setAdoption(adoption);
        SelfTest.run(adoption);
    }

    private static void open(Instrumentation instrumentation, String... packages) {
        Set<Module> self = Set.of(Installation.class.getModule());
        Map<String, Set<Module>> opens = new HashMap<>();
        for (String name : packages) {
            opens.put(name, self);
        }
        instrumentation.redefineModule(Object.class.getModule(), Set.of(), Map.of(), opens, Set.of(), Map.of());
    }

    private static Weaving weaving() throws IOException, ReflectiveOperationException {
        Class<?> selector = Class.forName("sun.nio.ch.EPollSelectorImpl");
        Class<?> channel = Class.forName("sun.nio.ch.SocketChannelImpl");
        Class<?> key = Class.forName("sun.nio.ch.SelectionKeyImpl");
        return new Weaving()
                .with(SelectorProvider.class, "provider", 0, ProviderAdvice.class)
                .with(AbstractSelectableChannel.class, "register", 3, RegisterAdvice.class)
                .with(channel, "read", 1, ReadAdvice.class)
                .with(channel, "read", 3, ScatteringReadAdvice.class)
                .with(key, "interestOps", 1, InterestAdvice.class)
                .with(key, "interestOpsOr", 1, InterestAdvice.class)
                .with(selector, "doSelect", 2, SelectAdvice.class)
                .with(selector, "wakeup", 0, WakeupAdvice.class)
                .with(selector, "implDereg", 1, DeregisterAdvice.class)
                .with(selector, "implClose", 0, CloseAdvice.class);
    }

    /**
     * Has an action run once, when the application opens its first selector; never if this is undone before.
     *
     * @param action the action, which must not throw
     */
    public void onFirstSelector(Runnable action) {
        provider.onNextSelector(action);
    }

    /**
     * What an operator should know of the selectors that were open before. Any thread.
     *
     * @return a sentence for each that is not as expected
     */
    public List<String> notes() {
        Stream<String> refused = adoption.refused().entrySet().stream().map(each -> each.getKey() + " stays the JDK's: " + each.getValue());
        return Stream.concat(refused, locked().stream()).toList();
    }

    /** Of each selector that is not given back yet, who keeps it locked; a sentence for each. */
    private List<String> locked() {
        return adoption.waiting().entrySet().stream().map(each -> each.getKey() + " is not given back yet: " + LockHolder.of(each.getValue())
                + " keeps it locked").toList();
    }

    /**
     * How many selectors were given back to the JDK. Any thread.
     *
     * @return the number
     */
    public int givenBack() {
        return adoption.givenBack();
    }

    /**
     * Takes it all back: selectors and channels that are open go on as they are, those that were taken over by the JDK's own methods. May be called again
     * if it fails.
     *
     * @throws IllegalStateException if some selectors are kept locked; the methods stay changed for their sake
     * @throws Exception if a method of the JDK could not be given its own body back
     */
    public void undo() throws Exception {
        hooks.clearProvider();
        provider.retire();
        if (!adoption.giveBack(GRACE, PATIENCE)) {
            List<String> locked = locked();
            throw new IllegalStateException("new selectors are the JDK's, but the application keeps " + locked.size()
                    + " of those that were open locked, which go back as soon as it lets go (" + String.join("; ", locked) + "). Detach again then");
        }
        hooks.clearAdoption();
        weaving.unweave();
    }
}
