// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.advice;

import io.kevent.agent.hook.Hook;
import java.util.function.ObjIntConsumer;
import net.bytebuddy.asm.Advice;

/**
 * For {@code SelectionKeyImpl.interestOps(int)} and {@code interestOpsOr(int)}: an interest set with options, which the body refuses without a word, is
 * shown to the agent first.
 */
public final class InterestAdvice {
    private InterestAdvice() { }

    /**
     * Before the body.
     *
     * @param key the key
     * @param ops the operations
     */
    @Advice.OnMethodEnter
    public static void enter(@Advice.This Object key, @Advice.Argument(0) int ops) {
        // the four options; a constant of ours could not be seen from here
        if ((ops & 0xF << 24) != 0) {
            ObjIntConsumer<Object> refuse = Hook.refuse;
            if (refuse != null) {
                refuse.accept(key, ops);
            }
        }
    }
}
