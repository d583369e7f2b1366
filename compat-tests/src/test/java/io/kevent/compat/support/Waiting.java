// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.support;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.fail;

/** Bounded waits: each ends with what it waits for or fails the test and says what did not come. */
public final class Waiting {

    /** Longer than anything here takes on a busy machine, shorter than the time limit of a test. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int SIGHTINGS = 10;

    private Waiting() { }

    public static void until(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - deadline > 0) {
                fail("not within " + LIMIT.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    public static void until(String what, CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
            fail("not within " + LIMIT.toSeconds() + " s: " + what);
        }
    }

    /**
     * Waits until a thread is blocked, on a lock, parked, or in a native call. A thread in a native call counts as runnable, so it is blocked when it
     * is seen there many times in a row: a call that does not block is gone at the next look.
     */
    public static void untilBlocked(Thread thread) throws Exception {
        int[] seen = new int[1];
        until(thread.getName() + " is blocked", () -> {
            seen[0] = isBlocked(thread) ? seen[0] + 1 : 0;
            return seen[0] == SIGHTINGS;
        });
    }

    private static boolean isBlocked(Thread thread) {
        switch (thread.getState()) {
            case BLOCKED:
            case WAITING:
            case TIMED_WAITING:
                return true;
            case TERMINATED:
                return fail(thread.getName() + " has ended and did not block");
            default:
                StackTraceElement[] stack = thread.getStackTrace();
                return stack.length > 0 && stack[0].isNativeMethod();
        }
    }
}
