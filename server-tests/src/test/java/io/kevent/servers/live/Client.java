// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.live;

/** One of those who keep a server busy; for one thread. */
interface Client {
    /** Asks for something, and throws unless it gets just that. */
    void exchange() throws Exception;

    /** Closes what it has open. */
    void close() throws Exception;
}
