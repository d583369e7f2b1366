// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

/** A request that is not served, and after which the connection ends: where the next one begins is not known. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Status status;

    RefusedException(Status status) {
        super(status.toString());
        this.status = status;
    }

    Status status() {
        return status;
    }
}
