// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.workload;

import java.nio.channels.Selector;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The wakeup of a selector in which no thread waits, and the select that it cuts short. */
final class WakeupSelectWorkload implements Workload {
    /** Kept, since the JDK keeps no logger that nobody holds. */
    private static final Logger LOG = Logger.getLogger("io.kevent");

    private Selector selector;

    @Override
    public void open() throws Exception {
        // a selector that spins is its purpose: the warning would only disturb the progress line
        LOG.setLevel(Level.SEVERE);
        selector = Selector.open();
    }

    @Override
    public long work() throws Exception {
        selector.wakeup();
        return selector.select();
    }

    @Override
    public void close() throws Exception {
        selector.close();
    }
}
