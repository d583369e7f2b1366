// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

/** Why a command could not do what it was asked for: a sentence for people, which also says what to do, and a code for scripts. */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final ExitCode code;

    CommandFailure(ExitCode code, String sentence) {
        super(sentence);
        this.code = code;
    }

    CommandFailure(ExitCode code, String sentence, Throwable cause) {
        super(sentence, cause);
        this.code = code;
    }

    ExitCode code() {
        return code;
    }
}
