// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.live;

import com.sun.tools.attach.VirtualMachine;
import io.kevent.servers.Application;
import java.util.List;
import java.util.Locale;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Puts kevent under a JVM that runs, and takes it off again. */
enum Attachment {
    /** By the command line of the agent's jar. */
    BY_COMMAND {
        @Override
        void ask(long pid, VirtualMachine machine, String request) throws Exception {
            Application.run(List.of("-jar", JAR, request, Long.toString(pid)));
        }
    },
    /** By loading the agent with the argument that the command line would give it, which takes a tenth of the time. */
    BY_LOADING {
        @Override
        void ask(long pid, VirtualMachine machine, String request) throws Exception {
            machine.loadAgent(JAR, "kevent:1:" + request.toUpperCase(Locale.ROOT) + ":");
        }
    };

    private static final String JAR = System.getProperty("kevent.agent.jar");

    void attach(long pid) throws Exception {
        askAndSee(pid, "attach");
    }

    void detach(long pid) throws Exception {
        askAndSee(pid, "detach");
    }

    private void askAndSee(long pid, String request) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        try {
            ask(pid, machine, request);
            String state = machine.getSystemProperties().getProperty("io.kevent.agent", "");
            assertTrue(state.startsWith(request + "ed "), () -> "after a request to " + request + " the agent is '" + state + "'");
        } finally {
            machine.detach();
        }
    }

    /** Asks, and fails if it is refused. */
    abstract void ask(long pid, VirtualMachine machine, String request) throws Exception;
}
