// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.advice;

import io.kevent.agent.hook.Hook;
import java.lang.invoke.MethodHandle;
import net.bytebuddy.asm.Advice;

/** For {@code EPollSelectorImpl.doSelect(Consumer, long)}: has the agent do the selection, or what it leaves of it to the body. */
public final class SelectAdvice {
    private SelectAdvice() { }

    /**
     * Before the body.
     *
     * @param selector the selector
     * @param action the application's action, or null
     * @param timeout in milliseconds: 0 not to wait, negative to wait without a bound; given to the body as it is left
     * @param count how many keys the agent has updated
     * @return whether the agent has done the selection
     * @throws Throwable what the selection throws
     */
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    public static boolean enter(@Advice.This Object selector, @Advice.Argument(0) Object action,
            @Advice.Argument(value = 1, readOnly = false) long timeout, @Advice.Local("count") int count) throws Throwable {
        MethodHandle select = Hook.select;
        long done = select == null ? Long.MIN_VALUE : (long) select.invokeExact(selector, action, timeout);
        if (done >= 0) {
            count = (int) done;
            return true;
        }
        if (done != Long.MIN_VALUE) {
            timeout = ~done;
        }
        return false;
    }

    /**
     * After the body, or in its place.
     *
     * @param done what {@link #enter} returned
     * @param count how many keys the agent has updated
     * @param result what the caller gets
     */
    @Advice.OnMethodExit
    public static void exit(@Advice.Enter boolean done, @Advice.Local("count") int count, @Advice.Return(readOnly = false) int result) {
        if (done) {
            result = count;
        }
    }
}
