// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.advice;

import io.kevent.agent.hook.Hook;
import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import net.bytebuddy.asm.Advice;

/**
 * For {@code SocketChannelImpl.read(ByteBuffer)}: a read that returns less than the buffer had room for, and no end of stream, has emptied the channel.
 * Whatever goes wrong in here is not the application's business.
 */
public final class ReadAdvice {
    private ReadAdvice() { }

    /**
     * Before the body.
     *
     * @param channel the channel
     * @param buffer where the bytes go
     * @param room how much it has room for
     * @return what the agent wants to have back; null if nothing can be learned
     */
    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static Object enter(@Advice.This Object channel, @Advice.Argument(0) ByteBuffer buffer, @Advice.Local("room") int room) {
        Function<Object, Object> beginRead = Hook.beginRead;
        if (beginRead == null || buffer == null) {
            return null;
        }
        room = buffer.remaining();
        return beginRead.apply(channel);
    }

    /**
     * After the body, also if it threw.
     *
     * @param begun what {@link #enter} returned
     * @param room how much the buffer had room for
     * @param count what the read returned; 0 if it threw
     * @param thrown what it threw, or null
     */
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    public static void exit(@Advice.Enter Object begun, @Advice.Local("room") int room, @Advice.Return int count, @Advice.Thrown Throwable thrown) {
        if (begun != null) {
            ObjIntConsumer<Object> endRead = Hook.endRead;
            if (endRead != null) {
                boolean took = thrown != null || count > 0;
                boolean emptied = thrown == null && count >= 0 && count < room;
                endRead.accept(begun, (took ? Hook.TOOK : 0) | (emptied ? Hook.EMPTIED : 0));
            }
        }
    }
}
