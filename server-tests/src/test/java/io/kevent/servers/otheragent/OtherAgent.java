// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.otheragent;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.none;
import static net.bytebuddy.matcher.ElementMatchers.not;

/** Somebody else's agent, on a Byte Buddy of its own: notes in system properties that methods of the JDK were called which kevent changes too. */
public final class OtherAgent {
    /** What stands before the name of the method in the name of the property. */
    public static final String CALLED = "other.agent.called.";

    private OtherAgent() { }

    public static void premain(String options, Instrumentation instrumentation) {
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .with(AgentBuilder.Listener.StreamWriting.toSystemError().withErrorsOnly())
                .ignore(none())
                .type(namedOneOf("sun.nio.ch.SocketChannelImpl", "java.nio.channels.spi.SelectorProvider",
                        "java.nio.channels.spi.AbstractSelectableChannel"))
                .transform((builder, type, loader, module, domain) ->
                        builder.visit(Advice.to(Called.class).on(namedOneOf("read", "provider", "register").and(not(isAbstract())))))
                .installOn(instrumentation);
    }

    /** Names nothing that the JDK's classes could not see. */
    static final class Called {
        private Called() { }

        @Advice.OnMethodExit
        static void exit(@Advice.Origin("#m") String method) {
            System.setProperty("other.agent.called." + method, "true");
        }
    }
}
