// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.support;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.fail;

/** Waits that end with what they wait for, or fail the test and say what did not come. */
public final class Bounded {
    /** Longer than anything here takes on a busy machine, shorter than the time limit of a test. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private Bounded() { }

    /** Waits until a condition holds. */
    public static void until(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - deadline > 0) {
                fail("not within " + LIMIT.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Waits for the end of a process; one that does not end is killed. */
    public static int exitOf(Process process) throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail("not within " + LIMIT.toSeconds() + " s: the end of process " + process.pid());
        }
        return process.exitValue();
    }
}
