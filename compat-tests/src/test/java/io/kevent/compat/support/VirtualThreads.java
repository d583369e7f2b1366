// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.support;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Starts virtual threads by reflection: the tests compile on a JDK that has none. */
public final class VirtualThreads {

    private VirtualThreads() { }

    /** Whether there are any, and they leave their carrier while they hold a monitor, as a selection does (JEP 491, JDK 24). */
    public static boolean areUsable() {
        return Runtime.version().feature() >= 24;
    }

    public static Thread start(Runnable work) {
        try {
            return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until a virtual thread is parked. */
    public static void untilParked(Thread thread) throws Exception {
        Waiting.until(thread + " is parked", () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    public static <T> T result(FutureTask<T> task) throws Exception {
        return task.get(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    public static <T> FutureTask<T> task(Callable<T> work) {
        return new FutureTask<>(work);
    }
}
