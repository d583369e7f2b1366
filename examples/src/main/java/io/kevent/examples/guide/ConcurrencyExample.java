// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.guide;

import io.kevent.ClosedQueueException;
import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import io.kevent.QueueOptions;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A limit of concurrency: one thread works, and another only while the first is blocked. */
public final class ConcurrencyExample {
    private static final CountDownLatch ANSWER = new CountDownLatch(1);

    private ConcurrencyExample() { }

    public static void main(String[] args) throws Exception {
        List<Thread> workers;
        try (KeventQueue queue = KeventQueue.open(QueueOptions.defaults().concurrency(1))) {
            Runnable ask = () -> ask(queue);
            Runnable answer = ANSWER::countDown;
            queue.user(0, ask).trigger();
            queue.user(0, answer).trigger();
            workers = List.of(new Thread(() -> work(queue)), new Thread(() -> work(queue)));
            workers.forEach(Thread::start);
            ANSWER.await();
        }
        for (Thread worker : workers) {
            worker.join();
        }
    }

    private static void ask(KeventQueue queue) {
        try {
            String got = queue.blocking(() -> {             // gives the place to another thread
                ANSWER.await();
                return "answered while the first thread was blocked";
            });
            System.out.println(got);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void work(KeventQueue queue) {
        EventBatch batch = queue.newBatch(1);
        try {
            for (;;) {
                queue.take(batch);
                while (batch.next()) {
                    ((Runnable) batch.attachment()).run();
                }
            }
        } catch (ClosedQueueException e) {
            return;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
