// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.install;

import io.kevent.provider.core.Knote;
import io.kevent.provider.selector.ReadLearning;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.util.function.Function;

/**
 * Hands on what the application's reads show. TCP only: a read from a Unix domain socket may stop short of data that carries other credentials. Loaded
 * when the packages of the JDK that it looks into are open.
 */
final class Reads {
    private static final MethodHandle IS_TCP;
    private static final VarHandle KEYS;

    static {
        try {
            Class<?> channel = Class.forName("sun.nio.ch.SocketChannelImpl");
            MethodHandle isTcp = MethodHandles.privateLookupIn(channel, MethodHandles.lookup())
                    .findVirtual(channel, "isNetSocket", MethodType.methodType(boolean.class));
            IS_TCP = isTcp.asType(MethodType.methodType(boolean.class, Object.class));
            KEYS = MethodHandles.privateLookupIn(AbstractSelectableChannel.class, MethodHandles.lookup())
                    .findVarHandle(AbstractSelectableChannel.class, "keys", SelectionKey[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Function<SelectionKey, Knote> adopted;

    /** Takes who finds the knotes of the JDK's own keys. */
    Reads(Function<SelectionKey, Knote> adopted) {
        this.adopted = adopted;
    }

    Object begin(Object channel) {
        return isTcp(channel) ? ReadLearning.beginRead(keys(channel), adopted) : null;
    }

    /** Without the channel's lock: a key that is not seen yet, or no longer, teaches nothing. */
    private static SelectionKey[] keys(Object channel) {
        return (SelectionKey[]) KEYS.get((AbstractSelectableChannel) channel);
    }

    private static boolean isTcp(Object channel) {
        try {
            return (boolean) IS_TCP.invokeExact(channel);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }
}
