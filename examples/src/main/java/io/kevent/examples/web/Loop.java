// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.web;

import io.kevent.ClosedQueueException;
import io.kevent.DeletedKnoteException;
import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** What each worker does until the queue is closed: takes events, and gives each to its handler. */
final class Loop implements Runnable {
    private static final System.Logger LOG = System.getLogger(Loop.class.getName());

    /** Few: events in the batch of a worker that is busy wait for it, though another may be free. */
    private static final int BATCH = 8;

    private final KeventQueue queue;
    private final Runnable atEnd;

    Loop(KeventQueue queue, Runnable atEnd) {
        this.queue = queue;
        this.atEnd = atEnd;
    }

    @Override
    public void run() {
        EventBatch batch = queue.newBatch(BATCH);
        try {
            for (;;) {
                queue.take(batch);
                while (batch.next()) {
                    handle(batch);
                }
            }
        } catch (ClosedQueueException e) {
            LOG.log(Level.DEBUG, "the queue is closed");
        } catch (InterruptedException | IOException e) {
            LOG.log(Level.ERROR, "a worker ends", e);
        } finally {
            atEnd.run();
        }
    }

    private void handle(EventBatch event) {
        try {
            ((Handler) event.attachment()).handle(event);
        } catch (IOException | RuntimeException e) {
            boolean isOver = !queue.isOpen() && (e instanceof ClosedQueueException || e instanceof DeletedKnoteException);
            if (!isOver) {
                // a connection stays disabled then, and is torn down when it has been idle for long enough
                LOG.log(Level.ERROR, "handling an event of " + event.knote(), e);
            }
        }
    }
}
