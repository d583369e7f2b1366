// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

/** Sends back what it gets. */
interface EchoServer {

    /** Starts it on a free port of the loopback, with so many threads that work, and tells which. */
    int start(int workers) throws Exception;

    /** The server's turn begins: there will be requests. For one that has to be told. */
    default void begin() { }

    /** It is over: all requests are answered, and the server must leave the processors to others. For one that would not. */
    default void rest() { }
}
