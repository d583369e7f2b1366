// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import io.kevent.ChannelKnote;
import io.kevent.DeletedKnoteException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks for connections that are idle, in a thread of its own, and has them torn down. It must not do that itself: a worker may be in the middle of serving
 * the connection, or about to. It asks for one last event, whatever the connection waits for or whoever serves it, and the worker that gets that event is
 * alone with the connection.
 */
final class IdleTimeout implements Runnable {
    private static final System.Logger LOG = System.getLogger(IdleTimeout.class.getName());

    private final Set<ChannelKnote> open;
    private final long limitNanos;
    private final CountDownLatch stop;

    IdleTimeout(Set<ChannelKnote> open, Duration limit, CountDownLatch stop) {
        this.open = open;
        this.limitNanos = limit.toNanos();
        this.stop = stop;
    }

    @Override
    public void run() {
        try {
            while (!stop.await(limitNanos / 4 + 1, TimeUnit.NANOSECONDS)) {
                open.forEach(this::look);
            }
        } catch (InterruptedException e) {
            LOG.log(Level.ERROR, "idle connections are not closed any more", e);
        }
    }

    private void look(ChannelKnote knote) {
        if (((Connection) knote.attachment()).idleNanos() > limitNanos) {
            try {
                knote.forceOneshot();
            } catch (DeletedKnoteException e) {
                LOG.log(Level.DEBUG, "torn down meanwhile");
            }
        }
    }
}
