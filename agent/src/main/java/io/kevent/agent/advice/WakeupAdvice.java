// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.advice;

import io.kevent.agent.hook.Hook;
import java.util.function.Predicate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** For {@code EPollSelectorImpl.wakeup()}: has the agent wake a selector that it serves. */
public final class WakeupAdvice {
    private WakeupAdvice() { }

    /**
     * Before the body.
     *
     * @param selector the selector
     * @return whether the agent has done it
     */
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    public static boolean enter(@Advice.This Object selector) {
        Predicate<Object> wakeup = Hook.wakeup;
        return wakeup != null && wakeup.test(selector);
    }

    /**
     * After the body, or in its place.
     *
     * @param selector the selector
     * @param done what {@link #enter} returned
     * @param result what the caller gets
     */
    @Advice.OnMethodExit
    public static void exit(@Advice.This Object selector, @Advice.Enter boolean done,
            @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object result) {
        if (done) {
            result = selector;
        }
    }
}
