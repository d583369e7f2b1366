// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.advice;

import io.kevent.agent.hook.Hook;
import java.util.function.Supplier;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * For {@code SelectorProvider.provider()}: answers the agent's provider. The method's own body is skipped, also where it has found a provider already: it
 * keeps that one for good, and could not be taken back.
 */
public final class ProviderAdvice {
    private ProviderAdvice() { }

    /**
     * Before the body.
     *
     * @return the agent's provider; null runs the body
     */
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    public static Object enter() {
        Supplier<Object> provider = Hook.provider;
        return provider == null ? null : provider.get();
    }

    /**
     * After the body, or in its place.
     *
     * @param ours what {@link #enter} returned
     * @param result what the caller gets
     */
    @Advice.OnMethodExit
    public static void exit(@Advice.Enter Object ours, @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object result) {
        if (ours != null) {
            result = ours;
        }
    }
}
