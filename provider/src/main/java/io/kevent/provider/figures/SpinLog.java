// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Says in the log that a selector spins, and does not say it all the time. */
final class SpinLog {
    private static final long SILENCE = TimeUnit.MINUTES.toNanos(1);

    private final AtomicReference<String> pending = new AtomicReference<>();

    // ---- the selecting thread

    private boolean written;
    private long lastNanos;
    private int untold;

    /** Has a message written, unless one was lately: it is counted then. */
    void add(String message) {
        long now = System.nanoTime();
        if (written && now - lastNanos < SILENCE) {
            untold++;
            return;
        }
        pending.set(untold == 0 ? message : message + " (and " + untold + " spins since this was said last)");
        untold = 0;
        written = true;
        lastNanos = now;
    }

    /** Writes what there is to write. Any thread. */
    void write() {
        if (pending.getPlain() != null) {
            String message = pending.getAndSet(null);
            if (message != null) {
                KeventLog.log(System.Logger.Level.WARNING, message, null);
            }
        }
    }
}
