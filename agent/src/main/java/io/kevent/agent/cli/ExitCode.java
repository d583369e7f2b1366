// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

/** How a command ended, for scripts: documented in the help and in docs/operations.md, and never renumbered. */
enum ExitCode {
    DONE(0, ""),
    FAILED(1, "out of reach"),
    USAGE(2, "usage"),
    NO_JVM(3, "no JVM"),
    NOT_PERMITTED(4, "not permitted"),
    REFUSED(5, "refuses"),
    UNSUPPORTED(6, "unsupported"),
    NO_ANSWER(7, "no answer");

    final int number;

    /** For a cell of a table. */
    final String word;

    ExitCode(int number, String word) {
        this.number = number;
        this.word = word;
    }
}
