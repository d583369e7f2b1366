// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;

/** Tells what readiness alone does not: whether a channel that can be read has only its end left. */
public final class EndOfStream {
    private static final MethodHandle POLL = Binding.to("Net").staticMethod("poll", int.class, FileDescriptor.class, int.class, long.class);
    private static final MethodHandle AVAILABLE = Binding.to("Net").staticMethod("available", int.class, FileDescriptor.class);
    private static final MethodHandle FD = Binding.to("SelChImpl").method("getFD", FileDescriptor.class);

    private EndOfStream() { }

    /**
     * Asks the kernel, by two calls at most.
     *
     * @param channel a channel of the JDK, which cannot lose its descriptor meanwhile: it is registered, and its selector locked
     * @return whether it is a socket whose peer has closed its direction and of which nothing is left to read; false if the kernel refuses to tell
     */
    public static boolean isReached(SelectableChannel channel) {
        if (!(channel instanceof SocketChannel)) {
            return false;
        }
        try {
            FileDescriptor fd = (FileDescriptor) FD.invokeExact((Object) channel);
            return (int) POLL.invokeExact(fd, Events.toKernel(Events.RDHUP), 0L) != 0 && (int) AVAILABLE.invokeExact(fd) == 0;
        } catch (IOException e) {
            return false;
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }
}
