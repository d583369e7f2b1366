// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import io.kevent.agent.protocol.Presence;
import java.time.Duration;

/**
 * A JVM in the list.
 *
 * @param pid its process
 * @param user who owns it; null if that is not known
 * @param javaVersion as the JVM or its JDK's files tell; null if that is not known
 * @param kevent a {@link Presence.How} as text; null if that is not known
 * @param keventVersion of the agent in it, if it could be asked; else null
 * @param since when that was installed or taken off, in ISO 8601, or null
 * @param attachable whether it can be attached to
 * @param reason why not, in a sentence; null if it can
 * @param exitCode what {@code attach} would end with for that reason; 0 if it can
 * @param command main class or jar, and arguments
 */
record ListedJvm(long pid, String user, String javaVersion, String kevent, String keventVersion, String since, boolean attachable, String reason,
        int exitCode, String command) {
    private static final Presence NOTHING_KNOWN = new Presence(null, null, null);

    /** Attaches only where somebody has attached before, which leaves nothing new in the JVM. A name is what the JVM tells of itself, or null. */
    static ListedJvm look(LocalProcess process, String name, Duration limit) {
        OutsideView outside = new OutsideView(process);
        String javaVersion = outside.javaVersion();
        Presence presence = NOTHING_KNOWN;
        CommandFailure failure = null;
        try {
            process.requireAttachable();
            if (javaVersion != null) {
                RemoteJvm.requireJava(process.pid(), javaVersion);
            }
        } catch (CommandFailure e) {
            failure = e;
        }
        if (!outside.hasAttachListener()) {
            presence = new Presence(outside.kevent(), null, null);
        } else if (failure == null) {
            try (RemoteJvm jvm = RemoteJvm.open(process, limit)) {
                presence = outside.contradicts(jvm.presence()) ? NOTHING_KNOWN : jvm.presence();
                javaVersion = jvm.properties().getProperty("java.version");
            } catch (CommandFailure e) {
                failure = e;
            }
        }
        return new ListedJvm(process.pid(), process.user(), javaVersion, text(presence.how()), presence.version(), text(presence.since()), failure == null,
                failure == null ? null : failure.getMessage(), (failure == null ? ExitCode.DONE : failure.code()).number,
                name == null ? LaunchFlags.command(process.arguments()) : name);
    }

    /** One that could not be looked at. */
    static ListedJvm unseen(long pid, String name, CommandFailure failure) {
        return new ListedJvm(pid, null, null, null, null, null, false, failure.getMessage(), failure.code().number, name == null ? "" : name);
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    /** Whether it can be attached to, for a cell of a table. */
    String attach() {
        return attachable ? "yes" : "no, " + ExitCode.values()[exitCode].word;
    }
}
