// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

/**
 * The threads that are working: that took events and have not come back. Not more than the limit of concurrency get events, those that block not counted.
 * Guarded by the dispatcher's lock.
 */
final class Workers {
    private final ThreadLocal<Worker> own = ThreadLocal.withInitial(Worker::new);
    private final int limit;

    /** What those that are working have taken, linked. */
    private QueueBatch first;

    /** How many of them count. */
    private int counted;

    Workers(int limit) {
        this.limit = limit;
    }

    /** The calling thread's. */
    Worker own() {
        return own.get();
    }

    /** Whether so many threads more may get events. */
    boolean haveRoomFor(int more) {
        return more <= limit - counted;
    }

    boolean isAnyWorking() {
        return first != null;
    }

    /** A thread that was not working has got events. */
    void begin(Worker worker, QueueBatch batch) {
        worker.took(batch);
        worker.blocking = false;
        batch.worker = worker;
        batch.nextTaken = first;
        if (first != null) {
            first.takenBefore = batch;
        }
        first = batch;
        counted++;
    }

    /** A thread has come back, if it was working: what it left is given back. */
    void end(Worker worker) {
        QueueBatch batch = worker.batch();
        if (batch != null) {
            end(batch);
        }
    }

    /** Whoever took a batch has done with it, if somebody has taken it: what was left is given back. */
    void end(QueueBatch batch) {
        if (batch.worker != null) {
            if (!batch.worker.blocking) {
                counted--;
            }
            batch.worker.took(null);
            batch.worker = null;
            unlink(batch);
        }
        batch.endLocked();
    }

    private void unlink(QueueBatch batch) {
        if (batch.nextTaken != null) {
            batch.nextTaken.takenBefore = batch.takenBefore;
        }
        if (batch.takenBefore != null) {
            batch.takenBefore.nextTaken = batch.nextTaken;
        } else {
            first = batch.nextTaken;
        }
        batch.nextTaken = null;
        batch.takenBefore = null;
    }

    /** Ends the work of threads that died. Returns whether there was one. */
    boolean buryDead() {
        boolean any = false;
        QueueBatch batch = first;
        while (batch != null) {
            QueueBatch next = batch.nextTaken;
            if (!batch.worker.thread.isAlive()) {
                end(batch);
                any = true;
            }
            batch = next;
        }
        return any;
    }

    /** The queue is closed: nothing more is begun of what was taken. */
    void close() {
        for (QueueBatch batch = first; batch != null; batch = batch.nextTaken) {
            batch.closed = true;
        }
    }

    /** A thread that is working enters a section that may block; false if it is not working, or is in one already. */
    boolean enterBlocking(Worker worker) {
        if (worker.batch() == null || worker.blocking) {
            return false;
        }
        worker.blocking = true;
        counted--;
        return true;
    }

    /** It has left the section. */
    void leaveBlocking(Worker worker) {
        if (worker.batch() != null && worker.blocking) {
            worker.blocking = false;
            counted++;
        }
    }
}
