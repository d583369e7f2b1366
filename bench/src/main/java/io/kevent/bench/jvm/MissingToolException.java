// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import java.io.IOException;

/** Says which command is missing and how to get it. */
public final class MissingToolException extends IOException {
    private static final long serialVersionUID = 1L;

    MissingToolException(String tool) {
        super(tool + " is not installed: run bench/install-tools.sh");
    }
}
