// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.nio.channels.Pipe;
import java.nio.channels.spi.SelectorProvider;

/**
 * Opens one end of a named pipe as a channel that can be watched. The kernel lets who opens it wait for somebody at the other end: the JDK has no way to open
 * without that, and to open both ends oneself would take away the end of stream. So it is waited for, by a thread that can be called back: by the signal that
 * the JDK uses for that, which makes the call that waits return.
 */
public final class Fifo {
    private static final MethodHandle OPEN = Binding.to("InheritedChannel").staticMethod("open0", int.class, String.class, int.class);
    private static final MethodHandle NEW_FD = Binding.to("IOUtil").staticMethod("newFD", FileDescriptor.class, int.class);
    private static final Binding THREAD = Binding.to("NativeThread");
    private static final MethodHandle CURRENT_THREAD = THREAD.staticMethod("current", long.class);
    private static final MethodHandle SIGNAL_THREAD = THREAD.staticMethod("signal", void.class, long.class);
    private static final MethodHandle SOURCE =
            Binding.to("SourceChannelImpl").constructor(Pipe.SourceChannel.class, SelectorProvider.class, FileDescriptor.class);
    private static final MethodHandle SINK =
            Binding.to("SinkChannelImpl").constructor(Pipe.SinkChannel.class, SelectorProvider.class, FileDescriptor.class);

    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;

    private Fifo() { }

    /**
     * Opens the end to read from, once somebody has opened the other; blocks until then.
     *
     * @param path the pipe's path
     * @param provider in whose name
     * @return the channel, in non-blocking mode
     * @throws IOException if it cannot be opened, or the thread was called back
     */
    public static Pipe.SourceChannel openSource(String path, SelectorProvider provider) throws IOException {
        int fd = open(path, O_RDONLY);
        try {
            Pipe.SourceChannel channel = (Pipe.SourceChannel) SOURCE.invokeExact(provider, (FileDescriptor) NEW_FD.invokeExact(fd));
            channel.configureBlocking(false);
            return channel;
        } catch (Throwable t) {
            Descriptors.close(fd);
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    /**
     * Opens the end to write to, once somebody has opened the other; blocks until then.
     *
     * @param path the pipe's path
     * @param provider in whose name
     * @return the channel, in non-blocking mode
     * @throws IOException if it cannot be opened, or the thread was called back
     */
    public static Pipe.SinkChannel openSink(String path, SelectorProvider provider) throws IOException {
        int fd = open(path, O_WRONLY);
        try {
            Pipe.SinkChannel channel = (Pipe.SinkChannel) SINK.invokeExact(provider, (FileDescriptor) NEW_FD.invokeExact(fd));
            channel.configureBlocking(false);
            return channel;
        } catch (Throwable t) {
            Descriptors.close(fd);
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    private static int open(String path, int mode) throws IOException {
        try {
            return (int) OPEN.invokeExact(path, mode);
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    /**
     * The calling thread, for {@link #callBack}.
     *
     * @return its number
     */
    public static long currentThread() {
        try {
            return (long) CURRENT_THREAD.invokeExact();
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }

    /**
     * Makes a thread that opens return from it, if it is inside the call at the time.
     *
     * @param thread the number of a platform thread that has not ended
     */
    public static void callBack(long thread) {
        try {
            SIGNAL_THREAD.invokeExact(thread);
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }
}
