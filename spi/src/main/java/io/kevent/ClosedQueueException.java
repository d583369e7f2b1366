// SPDX-License-Identifier: Apache-2.0
package io.kevent;

/** The {@link KeventQueue} is closed, or was closed by another thread while the caller waited. */
public class ClosedQueueException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public ClosedQueueException() {
        super("the queue is closed");
    }
}
