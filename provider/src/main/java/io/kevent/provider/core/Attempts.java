// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import java.io.IOException;

/** Steps that are all made, whatever becomes of each: what failed first is thrown at the end, with the others suppressed. For one thread. */
public final class Attempts {
    private Throwable failure;

    /** What may fail. */
    public interface Step {
        /**
         * Makes it.
         *
         * @throws IOException if it fails
         */
        void run() throws IOException;
    }

    /** Begins, with nothing failed. */
    public Attempts() { }

    /**
     * Makes a step.
     *
     * @param step what may fail
     */
    public void make(Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException | Error e) {
            failed(e);
        }
    }

    /**
     * A step failed that was made without {@link #make}.
     *
     * @param e what it threw
     */
    public void failed(Throwable e) {
        if (failure == null) {
            failure = e;
        } else if (failure != e) {
            // the JVM may throw one and the same error again when it has no memory left
            failure.addSuppressed(e);
        }
    }

    /**
     * All steps are made: throws what failed.
     *
     * @throws IOException if that is what failed first
     */
    public void end() throws IOException {
        if (failure instanceof IOException) {
            throw (IOException) failure;
        }
        endUnchecked();
    }

    /** The same, where no step throws an {@link IOException}. */
    public void endUnchecked() {
        if (failure instanceof RuntimeException) {
            throw (RuntimeException) failure;
        }
        if (failure != null) {
            throw (Error) failure;
        }
    }
}
