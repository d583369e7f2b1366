// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import java.lang.instrument.Instrumentation;

/** What the JVM starts. */
public final class KeventAgent {
    private KeventAgent() { }

    /**
     * Called before the application's main method, for {@code -javaagent}.
     *
     * @param options the text behind the jar's name
     * @param instrumentation what the JVM lets agents do
     * @throws Exception if it fails
     */
    public static void premain(String options, Instrumentation instrumentation) throws Exception {
        Installation.install(instrumentation);
    }
}
