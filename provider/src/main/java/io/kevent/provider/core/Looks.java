// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

/**
 * Numbers a collector's looks into the kernel. The number is raised before a look begins: who has done something to a channel and finds the number of an
 * earlier look has done it before the later ones saw the channel.
 */
public final class Looks {
    private volatile int number;

    Looks() { }

    /** A look begins. For the thread that runs the collector. */
    void begin() {
        // one thread writes; volatile, since the kernel must not be asked before the number can be seen
        number = number + 1;
    }

    /** The number of the look that began last; wraps. Any thread. */
    int number() {
        return number;
    }
}
