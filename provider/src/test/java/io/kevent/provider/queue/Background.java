// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

/**
 * A thread that a test lets run beside it, and whose sleep it can see.
 *
 * @param <T> what comes of it
 */
public final class Background<T> {
    /** Longer than anything takes that a test waits for. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private final FutureTask<T> task;
    private final Thread thread;

    private Background(Callable<T> work) {
        task = new FutureTask<>(work);
        thread = new Thread(task, "background");
        thread.setDaemon(true);
    }

    public static <T> Background<T> start(Callable<T> work) {
        Background<T> background = new Background<>(work);
        background.thread.start();
        return background;
    }

    public Thread thread() {
        return thread;
    }

    public boolean isDone() {
        return task.isDone();
    }

    /** What came of it. What it threw is thrown. */
    public T result() throws Exception {
        try {
            return task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error) {
                throw (Error) e.getCause();
            }
            throw (Exception) e.getCause();
        }
    }

    /** What it threw. */
    public Throwable failure() throws InterruptedException, TimeoutException {
        try {
            return fail("it has not failed: " + task.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** Whether it waits for events: in the kernel, for all, or parked. */
    public boolean isAsleep() {
        return isWatching() || isStandingBy() || isParked();
    }

    private boolean isWatching() {
        StackTraceElement[] stack = thread.getStackTrace();
        return isInKernel(stack) && !isOnStandby(stack);
    }

    private static boolean isInKernel(StackTraceElement[] stack) {
        return stack.length > 0 && stack[0].getClassName().equals("sun.nio.ch.EPoll") && stack[0].getMethodName().equals("wait");
    }

    private static boolean isOnStandby(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().equals(Standby.class.getName()));
    }

    private boolean isStandingBy() {
        StackTraceElement[] stack = thread.getStackTrace();
        return isInKernel(stack) && isOnStandby(stack);
    }

    private boolean isParked() {
        Thread.State state = thread.getState();
        Object blocker = LockSupport.getBlocker(thread);
        return blocker != null && blocker.getClass().getPackage() == Background.class.getPackage() && (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING);
    }

    public Background<T> untilAsleep() {
        return untilIt("waits for events", this::isAsleep);
    }

    /** As {@link #untilAsleep()}, where one other thread watches the kernel. */
    public Background<T> untilStandingBy() {
        return untilIt("is on standby", this::isStandingBy);
    }

    /** As {@link #untilAsleep()}, where another thread watches the kernel, and one is on standby. */
    public Background<T> untilParked() {
        return untilIt("is parked", this::isParked);
    }

    /** As {@link #untilAsleep()}, where no other thread watches the kernel. */
    public Background<T> untilWatching() {
        return untilIt("watches the kernel", this::isWatching);
    }

    private Background<T> untilIt(String does, BooleanSupplier condition) {
        until("the thread " + does, () -> condition.getAsBoolean() || isDone());
        assertFalse(isDone(), "the thread has ended");
        return this;
    }

    public static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("not within " + LIMIT + ": " + what);
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
    }
}
