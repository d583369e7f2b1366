// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.advice;

import io.kevent.agent.hook.Hook;
import java.nio.ByteBuffer;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntFunction;
import net.bytebuddy.asm.Advice;

/**
 * For {@code SocketChannelImpl.read(ByteBuffer)}: a read that returns less than the buffer had room for, and no end of stream, has emptied the channel.
 * Whatever goes wrong in here is not the application's business. Reads into several buffers teach nothing: the kernel takes only so many at once, so that
 * they may stop short.
 */
public final class ReadAdvice {
    private ReadAdvice() { }

    /**
     * Before the body.
     *
     * @param channel the channel
     * @param buffer where the bytes go
     * @param room how much it has room for
     * @return what the agent wants to have back; -1 if nothing can be learned
     */
    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static int enter(@Advice.This Object channel, @Advice.Argument(0) ByteBuffer buffer, @Advice.Local("room") int room) {
        ToIntFunction<Object> beforeRead = Hook.beforeRead;
        if (beforeRead == null || buffer == null) {
            return -1;
        }
        room = buffer.remaining();
        return beforeRead.applyAsInt(channel);
    }

    /**
     * After the body, unless it threw.
     *
     * @param channel the channel
     * @param before what {@link #enter} returned
     * @param room how much the buffer had room for
     * @param count what the read returned
     */
    @Advice.OnMethodExit(suppress = Throwable.class)
    public static void exit(@Advice.This Object channel, @Advice.Enter int before, @Advice.Local("room") int room, @Advice.Return int count) {
        if (before >= 0 && count >= 0 && count < room) {
            ObjIntConsumer<Object> drained = Hook.drained;
            if (drained != null) {
                drained.accept(channel, before);
            }
        }
    }
}
