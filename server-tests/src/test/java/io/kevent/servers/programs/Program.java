// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import java.util.Map;

/** A server, a client or both, which {@link ProgramMain} runs in a JVM of its own. It has a constructor without parameters. */
public interface Program {
    /** Names of ports: HTTP/1.1 that answers what {@link Answers} says, in the clear and over TLS. */
    String HTTP = "http";
    String HTTPS = "https";

    /**
     * Starts all of it, on ports of the loopback that are free.
     *
     * @param certificate what it proves its name with, where it has TLS
     * @return the ports it listens on, for clients outside of this JVM
     */
    Map<String, Integer> start(Certificate certificate) throws Exception;

    /** Has the clients that are part of the program talk to the servers that are; throws if anything comes through other than it was sent. */
    default void exchange() throws Exception {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no clients");
    }

    /** Stops all of it. */
    void stop() throws Exception;
}
