// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * How a virtual thread waits for a descriptor without pinning its carrier: parked, while the JDK's poller watches. Where the JDK has no such poller for
 * selectors (before 24, where a thread that holds the selector's monitor would be pinned in any case) it waits in the kernel like a platform thread.
 */
public final class VirtualThreads {
    private static final MethodHandle IS_VIRTUAL = isVirtual();
    private static final MethodHandle POLL_SELECTOR = pollSelector();

    private VirtualThreads() { }

    /**
     * Tells what a wait in the kernel does to the current thread.
     *
     * @return whether it holds its carrier all the while: it is virtual, and this JDK has nothing for it to park on
     */
    public static boolean holdsCarrier() {
        return POLL_SELECTOR == null && isVirtual(Thread.currentThread());
    }

    /**
     * Tells how the current thread waits.
     *
     * @return whether it parks instead of blocking in the kernel: an interrupt ends that by itself
     */
    public static boolean mustPark() {
        return POLL_SELECTOR != null && isVirtual(Thread.currentThread());
    }

    /**
     * Tells what a thread is.
     *
     * @param thread any thread
     * @return whether it is virtual, so that it may hold a carrier while it is blocked
     */
    public static boolean isVirtual(Thread thread) {
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Throwable t) {
            throw SystemCall.<RuntimeException>rethrow(t);
        }
    }

    /** Parks until the descriptor is readable, the thread is interrupted or the time is up, or for no reason at all; 0 is without a bound. */
    static void parkUntilReadable(int fd, long nanos) throws IOException {
        try {
            POLL_SELECTOR.invokeExact(fd, nanos);
        } catch (Throwable t) {
            throw SystemCall.<IOException>rethrow(t);
        }
    }

    private static MethodHandle isVirtual() {
        try {
            return MethodHandles.lookup().findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException e) {
            // a JDK without virtual threads
            return MethodHandles.dropArguments(MethodHandles.constant(boolean.class, false), 0, Thread.class);
        }
    }

    private static MethodHandle pollSelector() {
        try {
            return Binding.toDormant("Poller").staticMethod("pollSelector", void.class, int.class, long.class);
        } catch (MissingInternalsException e) {
            // a JDK whose poller does not watch for selectors
            return null;
        }
    }
}
