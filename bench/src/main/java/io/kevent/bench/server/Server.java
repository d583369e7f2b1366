// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.server;

import java.util.concurrent.atomic.LongAdder;

/** A server that answers every request with {@link #ANSWER}. */
interface Server {
    /** Small, so that what is measured is not the copying of bytes. */
    String ANSWER = "Hello, world!";
    /** Room for the connections that the load opens all at once. */
    int BACKLOG = 4096;
    /** How many answers were given; who gives them counts them. */
    LongAdder ANSWERED = new LongAdder();

    /** Starts it on a free port of the loopback, and tells which. */
    int start() throws Exception;
}
