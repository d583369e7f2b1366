// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import java.lang.instrument.Instrumentation;
import java.util.Objects;

/**
 * What the JVM starts: {@code java -javaagent:kevent-agent.jar[=name=value,...]}. The options are those of {@link AgentOptions}. Where kevent cannot be
 * installed it says why in one sentence and leaves the JVM as it was, or stops it where {@code required=true} asks for that.
 */
public final class KeventAgent {
    private static final System.Logger LOG = System.getLogger("io.kevent");

    /** Guarded by this class. */
    private static Installation installation;

    private KeventAgent() { }

    /**
     * Called by the JVM before the application's main method. Ends the JVM with exit code 1 if an option is unknown or has no such value (a typing error
     * should show at once), or if kevent cannot be installed and is required.
     *
     * @param text the options; null is none
     * @param instrumentation what the JVM lets agents do
     */
    public static synchronized void premain(String text, Instrumentation instrumentation) {
        AgentOptions options;
        try {
            options = AgentOptions.parse(text);
        } catch (IllegalArgumentException e) {
            stop(e.getMessage());
            return;
        }
        try {
            installation = Installation.install(instrumentation, options);
        } catch (Exception | LinkageError e) {
            String sentence = "kevent could not be installed: " + Objects.requireNonNullElse(e.getMessage(), e.toString());
            if (options.required()) {
                stop(sentence);
            }
            log(options, AgentOptions.Log.WARNING, sentence + "; the JVM is as it was.", e);
            return;
        }
        log(options, AgentOptions.Log.INFO, "kevent " + version() + " is installed: selectors run on epoll through the kevent core (" + options + ").", null);
    }

    /** An exception would have the JVM print a page of its own troubles around the one sentence. */
    private static void stop(String sentence) {
        System.err.println(sentence);
        System.exit(1);
    }

    /**
     * Takes everything back. Selectors and channels that are open go on as they are; those opened from now on are the JDK's. Any thread.
     *
     * @return whether anything was installed
     * @throws Exception if a method of the JDK could not be given its own body back
     */
    public static synchronized boolean undo() throws Exception {
        if (installation == null) {
            return false;
        }
        installation.undo();
        installation = null;
        return true;
    }

    private static void log(AgentOptions options, AgentOptions.Log at, String message, Throwable cause) {
        if (options.log().compareTo(at) >= 0) {
            System.Logger.Level level = at == AgentOptions.Log.INFO ? System.Logger.Level.INFO : System.Logger.Level.WARNING;
            if (cause != null && options.log() == AgentOptions.Log.DEBUG) {
                LOG.log(level, message, cause);
            } else {
                LOG.log(level, message);
            }
        }
    }

    private static String version() {
        return Objects.requireNonNullElse(KeventAgent.class.getPackage().getImplementationVersion(), "of unknown version");
    }
}
