// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import io.kevent.agent.install.AgentOptions;
import io.kevent.provider.figures.KeventLog;

/**
 * What the agent says of a request that came to nothing, as much as its options allow: those are in force nowhere else. The first use of a logger settles for
 * the whole JVM who logs, and the application may want to choose that in its main method: so what is to be said before is said on the standard error output
 * ({@link #warnEarly}).
 */
final class AgentLog {
    private final AgentOptions.Log most;

    AgentLog(AgentOptions options) {
        this.most = options.log();
    }

    /** With the stack of the cause, if there is one, only where the options ask for all there is to say. */
    void warn(String sentence, Throwable cause) {
        if (most.compareTo(AgentOptions.Log.WARNING) >= 0) {
            KeventLog.log(System.Logger.Level.WARNING, sentence, most == AgentOptions.Log.DEBUG ? cause : null);
        }
    }

    /** As {@link #warn}, before the application's main method. */
    void warnEarly(String sentence, Throwable cause) {
        if (most.compareTo(AgentOptions.Log.WARNING) >= 0) {
            System.err.println("WARNING: " + sentence);
        }
        if (most == AgentOptions.Log.DEBUG) {
            cause.printStackTrace();
        }
    }
}
