// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import io.kevent.agent.install.AgentOptions;

import io.kevent.agent.protocol.Presence.How;
import java.lang.instrument.Instrumentation;

/**
 * What the JVM starts: {@code java -javaagent:kevent-agent.jar[=name=value,...]}, or the same jar loaded into a JVM that runs. The options are those of
 * {@link AgentOptions}. Where kevent cannot be installed it says why in one sentence and leaves the JVM as it was, or stops it where {@code required=true}
 * asks for that at the start.
 */
public final class KeventAgent {

    private KeventAgent() { }

    /**
     * Called by the JVM before the application's main method. Ends the JVM with exit code 1 if an option is unknown or has no such value (a typing error
     * should show at once), or if kevent cannot be installed and is required.
     *
     * @param text the options; null is none
     * @param instrumentation what the JVM lets agents do
     */
    public static void premain(String text, Instrumentation instrumentation) {
        AgentOptions options;
        try {
            options = AgentOptions.parse(text);
        } catch (IllegalArgumentException e) {
            stop(e.getMessage());
            return;
        }
        try {
            Lifecycle.install(How.START, options, instrumentation);
        } catch (Throwable t) {
            String sentence = "kevent could not be installed: " + Reason.of(t);
            // a second flag of this kind finds what it requires
            if (options.required() && Lifecycle.presence().how() != How.START) {
                stop(sentence);
            }
            new AgentLog(options).warnEarly(sentence + Lifecycle.afterFailure(), t);
        }
    }

    /**
     * Called by the JVM when the agent is loaded while the application runs, by this jar's command line or by any other tool. Never throws, and never ends
     * the JVM, whatever the options say. What cannot be done is told to the command line, or logged if it was another tool.
     *
     * @param text a request of the command line, or the options to attach with; null is none
     * @param instrumentation what the JVM lets agents do
     */
    public static void agentmain(String text, Instrumentation instrumentation) {
        Requests.answer(text, instrumentation);
    }

    /** An exception would have the JVM print a page of its own troubles around the one sentence. */
    private static void stop(String sentence) {
        System.err.println(sentence);
        System.exit(1);
    }

    /**
     * Takes everything back. Selectors and channels that are open go on as they are; those opened from now on are the JDK's,
     * unless the system property {@code java.nio.channels.spi.SelectorProvider} asks for kevent. Any thread.
     *
     * @return whether anything was installed
     * @throws Exception if a method of the JDK could not be given its own body back, or the application keeps selectors locked: call it again then
     */
    public static boolean undo() throws Exception {
        return Lifecycle.undo() != null;
    }
}
