// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.kernel;

/** This JDK has not the internals that kevent is built on; the message names the first that is missing. */
public final class MissingInternalsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingInternalsException(String what, Throwable cause) {
        super(what, cause);
    }
}
