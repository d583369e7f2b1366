// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import java.io.PrintWriter;

/** The standard output of a command. */
final class Output {
    private Output() { }

    /** Has all that was printed written; fails if that cannot be done, of which neither of the two writers says anything by itself. */
    static void flush(PrintWriter out) throws CommandFailure {
        // the one stands before the other
        if (out.checkError() || System.out.checkError()) {
            throw new CommandFailure(ExitCode.FAILED, "the output could not be written: its reader has gone, or there is no room left for it");
        }
    }
}
