// SPDX-License-Identifier: Apache-2.0
package io.kevent;

/** The {@link Knote} is deleted, or its queue is closed: it cannot be used any more. */
public class DeletedKnoteException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public DeletedKnoteException() {
        super("the knote is deleted");
    }
}
