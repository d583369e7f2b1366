// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.advice;

import io.kevent.agent.hook.Hook;
import java.util.function.BiConsumer;
import net.bytebuddy.asm.Advice;

/** For {@code EPollSelectorImpl.implDereg(SelectionKeyImpl)}: the agent lets go of the key before the selector does. */
public final class DeregisterAdvice {
    private DeregisterAdvice() { }

    /**
     * Before the body.
     *
     * @param selector the selector
     * @param key the cancelled key
     */
    @Advice.OnMethodEnter
    public static void enter(@Advice.This Object selector, @Advice.Argument(0) Object key) {
        BiConsumer<Object, Object> deregister = Hook.deregister;
        if (deregister != null) {
            deregister.accept(selector, key);
        }
    }
}
