// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.advice;

import io.kevent.agent.hook.Hook;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import net.bytebuddy.asm.Advice;

/**
 * For {@code SocketChannelImpl.read(ByteBuffer[], int, int)}. That it returns less than there was room for teaches nothing: the kernel takes only so many
 * buffers at once, so that it may stop short. Whatever goes wrong in here is not the application's business.
 */
public final class ScatteringReadAdvice {
    private ScatteringReadAdvice() { }

    /**
     * Before the body.
     *
     * @param channel the channel
     * @return what the agent wants to have back; null if nothing can be learned
     */
    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static Object enter(@Advice.This Object channel) {
        Function<Object, Object> beginRead = Hook.beginRead;
        return beginRead == null ? null : beginRead.apply(channel);
    }

    /**
     * After the body, also if it threw.
     *
     * @param begun what {@link #enter} returned
     * @param count what the read returned; 0 if it threw
     * @param thrown what it threw, or null
     */
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    public static void exit(@Advice.Enter Object begun, @Advice.Return long count, @Advice.Thrown Throwable thrown) {
        if (begun != null) {
            ObjIntConsumer<Object> endRead = Hook.endRead;
            if (endRead != null) {
                endRead.accept(begun, thrown != null || count > 0 ? Hook.TOOK : 0);
            }
        }
    }
}
