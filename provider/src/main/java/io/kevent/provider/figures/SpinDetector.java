// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import java.util.concurrent.TimeUnit;

/** Counts selects that came to nothing for the same cause, one after the other. One thread at a time; {@link #run()} is for any. */
final class SpinDetector {

    /** On average per select: who waits longer does not spin, whatever becomes of it. */
    static final long TOLERATED_WAIT = TimeUnit.MICROSECONDS.toNanos(200);

    private SpinCause cause;
    private long waitedBefore;

    private volatile int run;

    /** The last select was in order. */
    void inOrder() {
        if (run != 0) {
            run = 0;
        }
    }

    /**
     * The last select came to nothing.
     *
     * @param why the cause
     * @param waited how long the selector has waited for the kernel at most, in nanoseconds since any time
     * @return whether that makes it a spin; told once for a run
     */
    boolean inVain(SpinCause why, long waited) {
        int before = why == cause ? run : 0;
        if (before == 0) {
            cause = why;
            waitedBefore = waited;
        }
        if (before + 1 == why.run && waited - waitedBefore > TOLERATED_WAIT * why.run) {
            run = 0;
            return false;
        }
        run = before == Integer.MAX_VALUE ? before : before + 1;
        return run == why.run;
    }

    /** Whether a run of that cause is in its second half, and so perhaps a spin that is soon told. */
    boolean isSoonTold(SpinCause why) {
        return run >= why.run / 2 && run < why.run;
    }

    int run() {
        return run;
    }
}
