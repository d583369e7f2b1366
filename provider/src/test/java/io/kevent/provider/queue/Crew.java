// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.provider.kernel.SimulatedKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.fail;

/** Threads of a test. What they throw fails the test that waits for them, and so does one that does not end. */
final class Crew {
    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final long deadline = System.nanoTime() + BOUND_NANOS;

    /** What a thread does. */
    interface Task {
        void run() throws Exception;
    }

    Thread start(String name, Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (Throwable t) {
                failures.add(t);
            }
        }, name);
        thread.setDaemon(true);
        synchronized (threads) {
            threads.add(thread);
        }
        thread.start();
        return thread;
    }

    /** Whether to go on: nothing has failed, and there is time. */
    boolean isWell() {
        return failures.isEmpty() && System.nanoTime() - deadline < 0;
    }

    void check() {
        if (!failures.isEmpty()) {
            AssertionError error = new AssertionError("a thread failed: " + failures.peek(), failures.peek());
            failures.stream().skip(1).forEach(error::addSuppressed);
            throw error;
        }
    }

    /** Waits for all threads that were started. */
    void join() throws InterruptedException {
        List<Thread> started;
        synchronized (threads) {
            started = new ArrayList<>(threads);
        }
        for (Thread thread : started) {
            join(thread);
        }
        check();
    }

    void join(Thread thread) throws InterruptedException {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        if (thread.isAlive()) {
            check();
            AssertionError error = new AssertionError(thread.getName() + " does not end");
            error.setStackTrace(thread.getStackTrace());
            throw error;
        }
    }

    /** Waits, briefly and without sleeping, until something is so. */
    void await(String what, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            check();
            if (System.nanoTime() - deadline > 0) {
                fail(what + ": not so in time");
            }
            Thread.yield();
        }
    }

    /** Waits until a thread that takes sleeps. */
    void awaitAsleep(Thread thread) {
        await(thread.getName() + " sleeps", () -> isAsleep(thread));
    }

    /** Whether it is parked or in the kernel, the simulated one perhaps, and not on its way there or back. */
    private static boolean isAsleep(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        if (stack.length == 0 || !stack[0].isNativeMethod()) {
            return false;
        }
        return Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("parkUntilCalled") || frame.getMethodName().equals("epollWait")
                || frame.getClassName().equals(SimulatedKernel.class.getName()));
    }
}
