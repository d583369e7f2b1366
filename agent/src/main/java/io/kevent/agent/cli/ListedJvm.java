// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import io.kevent.agent.protocol.Presence;
import java.time.Duration;
import java.util.Properties;

/**
 * A JVM in the list.
 *
 * @param pid its process
 * @param user who owns it
 * @param javaVersion as in its system property; null if it could not be asked
 * @param kevent a {@link Presence.How} as text; null if it could not be asked
 * @param keventVersion of the agent in it, or null
 * @param since when that was installed or taken off, in ISO 8601, or null
 * @param attachable whether it can be attached to
 * @param reason why not, in a sentence; null if it can
 * @param exitCode what {@code attach} would end with for that reason; 0 if it can
 * @param command main class or jar, and arguments
 */
record ListedJvm(long pid, String user, String javaVersion, String kevent, String keventVersion, String since, boolean attachable, String reason,
        int exitCode, String command) {

    static ListedJvm look(long pid, LocalProcess process, Duration limit) {
        try (RemoteJvm jvm = RemoteJvm.open(pid, limit)) {
            Properties properties = jvm.properties();
            Presence presence = jvm.presence();
            return new ListedJvm(pid, process.user(), properties.getProperty("java.version"), presence.how().toString(), presence.version(),
                    presence.since() == null ? null : presence.since().toString(), true, null, ExitCode.DONE.number,
                    properties.getProperty("sun.java.command", process.command()));
        } catch (CommandFailure e) {
            return new ListedJvm(pid, process.user(), null, null, null, null, false, e.getMessage(), e.code().number, process.command());
        }
    }

    /** Whether it can be attached to, for a cell of a table. */
    String attach() {
        return attachable ? "yes" : "no, " + ExitCode.values()[exitCode].word;
    }
}
