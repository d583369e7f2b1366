// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.advice;

import io.kevent.agent.hook.Hook;
import java.util.function.Consumer;
import net.bytebuddy.asm.Advice;

/** For {@code EPollSelectorImpl.implClose()}: the agent lets go of the selector before it closes its descriptors. */
public final class CloseAdvice {
    private CloseAdvice() { }

    /**
     * Before the body.
     *
     * @param selector the selector
     */
    @Advice.OnMethodEnter
    public static void enter(@Advice.This Object selector) {
        Consumer<Object> close = Hook.close;
        if (close != null) {
            close.accept(selector);
        }
    }
}
