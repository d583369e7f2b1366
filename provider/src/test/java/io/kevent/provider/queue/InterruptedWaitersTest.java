// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Threads that are interrupted at random, and some that die, while they wait for events and while they handle them: a million events, each handled once. */
class InterruptedWaitersTest {
    private static final int TRIGGERED = 60;
    private static final int EVENTS_TRIGGERED = Load.times(15_000);
    private static final int PIPES = 16;
    private static final int EVENTS_WRITTEN = Load.times(6_250);
    private static final int PRODUCERS = 2;
    private static final int TAKERS = 4;
    private static final int CAPACITY = 8;
    private static final int ONE_DIES_IN = 20_000;

    private final List<Sequence> sequences = new ArrayList<>();
    private final Crew crew = new Crew();
    private final AtomicInteger interrupted = new AtomicInteger();
    private final AtomicInteger died = new AtomicInteger();
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean over;

    /** A thread that takes events; not to be interrupted while it uses a channel, which that would close. */
    private final class Taker {
        private final KeventQueue queue;
        private final Random random = new Random(numbers.incrementAndGet());
        private final Thread thread;
        private boolean wasInterrupted;

        Taker(KeventQueue queue) {
            this.queue = queue;
            this.thread = crew.start("taker " + numbers, this::run);
        }

        private void run() throws IOException {
            EventBatch batch = queue.newBatch(CAPACITY);
            while (!over) {
                try {
                    take(batch);
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                    continue;
                }
                while (batch.next()) {
                    handle(batch);
                    if (random.nextInt(ONE_DIES_IN) == 0) {
                        // with a batch that holds others
                        died.incrementAndGet();
                        return;
                    }
                }
            }
        }

        private void take(EventBatch batch) throws IOException, InterruptedException {
            int max = 1 + random.nextInt(CAPACITY);
            switch (random.nextInt(8)) {
                case 0:
                    queue.poll(batch);
                    break;
                case 1:
                    queue.take(batch, 1 + random.nextInt(max), max, random.nextInt(500), TimeUnit.MICROSECONDS);
                    break;
                default:
                    queue.take(batch, 1, max, 1, TimeUnit.SECONDS);
                    break;
            }
        }

        private synchronized void handle(EventBatch event) throws IOException {
            wasInterrupted |= Thread.interrupted();
            ((Sequence) event.attachment()).handle(event);
            if (wasInterrupted) {
                wasInterrupted = false;
                Thread.currentThread().interrupt();
            }
        }

        synchronized void interrupt() {
            thread.interrupt();
        }
    }

    private void produce(int from) throws IOException {
        boolean all = false;
        while (!all && crew.isWell()) {
            all = true;
            boolean any = false;
            for (int i = from; i < sequences.size(); i += PRODUCERS) {
                any |= sequences.get(i).makeNext();
                all &= sequences.get(i).isOver();
            }
            if (!any) {
                Thread.yield();
            }
        }
    }

    private void interruptAndReplace(Taker[] takers, KeventQueue queue) {
        Random random = new Random(0);
        while (!over && crew.isWell()) {
            int at = random.nextInt(TAKERS);
            if (!takers[at].thread.isAlive()) {
                takers[at] = new Taker(queue);
            }
            takers[at].interrupt();
            Thread.yield();
        }
    }

    @Test
    void eachOfAMillionEventsIsHandledOnce() throws Exception {
        try (KeventQueue queue = KeventQueue.open()) {
            for (int i = 0; i < TRIGGERED; i++) {
                sequences.add(new Sequence.Triggers(queue, EVENTS_TRIGGERED));
            }
            for (int i = 0; i < PIPES; i++) {
                sequences.add(new Sequence.Bytes(queue, EVENTS_WRITTEN, i % 2 == 0));
            }
            Taker[] takers = new Taker[TAKERS];
            for (int i = 0; i < TAKERS; i++) {
                takers[i] = new Taker(queue);
            }
            List<Thread> producers = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                int from = i;
                producers.add(crew.start("producer " + i, () -> produce(from)));
            }
            crew.start("interrupter", () -> interruptAndReplace(takers, queue));
            for (Thread producer : producers) {
                crew.join(producer);
            }
            over = true;
            crew.join();
            sequences.forEach(sequence -> assertTrue(sequence.isOver(), sequence::toString));
            assertTrue(interrupted.get() > 0 && died.get() > 0, () -> interrupted + " interrupted, " + died + " died");
        } finally {
            for (Sequence sequence : sequences) {
                sequence.close();
            }
        }
    }
}
