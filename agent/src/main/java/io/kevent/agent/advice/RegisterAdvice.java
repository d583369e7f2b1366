// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.advice;

import io.kevent.agent.hook.Hook;
import java.util.function.Function;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * For {@code AbstractSelectableChannel.register(Selector, int, Object)}, which refuses each bit that is not an operation of the channel before it asks the
 * selector: an interest set with options is handed to the agent.
 */
public final class RegisterAdvice {
    private RegisterAdvice() { }

    /**
     * Before the body.
     *
     * @param channel the channel
     * @param selector the selector
     * @param ops the interest set
     * @param attachment the attachment
     * @return the key; null runs the body
     */
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    public static Object enter(@Advice.This Object channel, @Advice.Argument(0) Object selector, @Advice.Argument(1) int ops,
            @Advice.Argument(2) Object attachment) {
        // the four options; a constant of ours could not be seen from here
        if ((ops & 0xF << 24) == 0) {
            return null;
        }
        Function<Object[], Object> register = Hook.register;
        return register == null ? null : register.apply(new Object[] {channel, selector, ops, attachment});
    }

    /**
     * After the body, or in its place.
     *
     * @param key what {@link #enter} returned
     * @param result what the caller gets
     */
    @Advice.OnMethodExit
    public static void exit(@Advice.Enter Object key, @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object result) {
        if (key != null) {
            result = key;
        }
    }
}
