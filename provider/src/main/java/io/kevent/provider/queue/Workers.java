// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

/**
 * The threads that are working: that took events and have not come back. Not more than the limit of concurrency get events, those that block not counted.
 * Guarded by the dispatcher's lock.
 */
final class Workers {
    private final ThreadLocal<Worker> own = ThreadLocal.withInitial(Worker::new);
    private final int limit;

    /** Those that are working, linked. */
    private Worker first;

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
        worker.batch = batch;
        worker.blocking = false;
        worker.next = first;
        if (first != null) {
            first.before = worker;
        }
        first = worker;
        counted++;
    }

    /** A thread has come back, if it was working: what it left is given back. */
    void end(Worker worker) {
        QueueBatch batch = worker.batch;
        if (batch == null) {
            return;
        }
        if (!worker.blocking) {
            counted--;
        }
        if (worker.next != null) {
            worker.next.before = worker.before;
        }
        if (worker.before != null) {
            worker.before.next = worker.next;
        } else {
            first = worker.next;
        }
        worker.batch = null;
        worker.next = null;
        worker.before = null;
        batch.endLocked();
    }

    /** Whoever took a batch has done with it. */
    void end(QueueBatch batch) {
        Worker worker = first;
        while (worker != null && worker.batch != batch) {
            worker = worker.next;
        }
        if (worker != null) {
            end(worker);
        } else {
            batch.endLocked();
        }
    }

    /** Ends the work of threads that died. */
    void buryDead() {
        Worker worker = first;
        while (worker != null) {
            Worker next = worker.next;
            if (!worker.thread.isAlive()) {
                end(worker);
            }
            worker = next;
        }
    }

    /** A thread that is working enters a section that may block; false if it is not working, or is in one already. */
    boolean enterBlocking(Worker worker) {
        if (worker.batch == null || worker.blocking) {
            return false;
        }
        worker.blocking = true;
        counted--;
        return true;
    }

    /** It has left the section. */
    void leaveBlocking(Worker worker) {
        if (worker.batch != null && worker.blocking) {
            worker.blocking = false;
            counted++;
        }
    }
}
