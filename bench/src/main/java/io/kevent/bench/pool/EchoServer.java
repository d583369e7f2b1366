// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.pool;

/** Sends back what it gets. */
interface EchoServer {

    /** Starts it on a free port of the loopback, with so many threads that work, and tells which. */
    int start(int workers) throws Exception;
}
