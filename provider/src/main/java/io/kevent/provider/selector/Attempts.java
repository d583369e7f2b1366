// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import java.io.IOException;

/** Steps of which each is made, whatever becomes of the others: the first failure is thrown at the end, and tells of those that followed. */
final class Attempts {
    private Throwable failure;

    interface Step {
        void run() throws IOException;
    }

    void make(Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException | Error e) {
            failed(e);
        }
    }

    /** A step failed that was made without {@link #make}. */
    void failed(Throwable e) {
        if (failure == null) {
            failure = e;
        } else if (failure != e) {
            // the JVM may throw one and the same error again when it has no memory left
            failure.addSuppressed(e);
        }
    }

    void end() throws IOException {
        if (failure instanceof IOException) {
            throw (IOException) failure;
        }
        if (failure instanceof RuntimeException) {
            throw (RuntimeException) failure;
        }
        if (failure != null) {
            throw (Error) failure;
        }
    }
}
