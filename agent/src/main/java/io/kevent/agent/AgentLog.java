// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import java.util.Objects;

/** What the agent says in the log of its JVM, as much as the options allow. */
final class AgentLog {
    private final AgentOptions.Log most;

    AgentLog(AgentOptions options) {
        this.most = options.log();
    }

    void info(String sentence) {
        if (most.compareTo(AgentOptions.Log.INFO) >= 0) {
            logger().log(System.Logger.Level.INFO, sentence);
        }
    }

    /** With the stack only where the options ask for all there is to say. */
    void warning(String sentence, Throwable cause) {
        if (most == AgentOptions.Log.DEBUG) {
            logger().log(System.Logger.Level.WARNING, sentence, cause);
        } else if (most.compareTo(AgentOptions.Log.WARNING) >= 0) {
            logger().log(System.Logger.Level.WARNING, sentence);
        }
    }

    /** Not before there is something to say: a logger starts the logging of the JVM, and some applications want to set that up themselves first. */
    static System.Logger logger() {
        return System.getLogger("io.kevent");
    }

    /** Why something failed, to stand in a sentence. */
    static String reason(Throwable failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }
}
