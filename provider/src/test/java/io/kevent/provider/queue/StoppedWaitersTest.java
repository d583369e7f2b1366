// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.EventBatch;
import io.kevent.KeventQueue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Threads that are stopped, by the JDK's means for it, while they wait: none takes an event along. */
class StoppedWaitersTest {
    private static final int ROUNDS = Load.times(400);
    private static final int TAKERS = 3;
    private static final int SEQUENCES = 6;

    private final Crew crew = new Crew();
    private final ConcurrentLinkedQueue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    private Thread taker(KeventQueue queue) {
        Thread taker = new Thread(() -> {
            try {
                EventBatch batch = queue.newBatch(4);
                while (!over) {
                    queue.take(batch);
                    while (batch.next()) {
                        ((Sequence) batch.attachment()).handle(batch);
                    }
                }
            } catch (InterruptedException e) {
                // the test is over
            } catch (Throwable t) {
                if (!t.getClass().getName().equals("java.lang.ThreadDeath")) {
                    unexpected.add(t);
                }
            }
        });
        taker.setDaemon(true);
        taker.start();
        return taker;
    }

    /** Whether a thread is parked or in the kernel, and not on its way there or back. */
    private static boolean isAsleep(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        boolean calls = stack.length > 0 && stack[0].isNativeMethod();
        boolean sleeps = false;
        for (StackTraceElement frame : stack) {
            sleeps |= frame.getMethodName().equals("parkUntilCalled") || frame.getMethodName().equals("epollWait");
        }
        return calls && sleeps;
    }

    private static boolean canStop() throws Exception {
        Thread victim = new Thread(() -> { });
        try {
            stop(victim);
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    /** Not in each JDK any more, so not to be called otherwise. */
    private static void stop(Thread thread) throws Exception {
        Method stop = Thread.class.getMethod("stop");
        try {
            stop.invoke(thread);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof UnsupportedOperationException) {
                throw (UnsupportedOperationException) e.getCause();
            }
            throw e;
        }
    }

    @Test
    void noEventIsLostWithAThreadThatIsStoppedWhileItWaits() throws Exception {
        assumeTrue(canStop(), "this JDK stops no threads");
        Random random = new Random(1);
        List<Sequence> sequences = new ArrayList<>();
        Thread[] takers = new Thread[TAKERS];
        try (KeventQueue queue = KeventQueue.open()) {
            for (int i = 0; i < SEQUENCES; i++) {
                sequences.add(i % 3 == 0 ? new Sequence.Triggers(queue, Long.MAX_VALUE) : new Sequence.Bytes(queue, Long.MAX_VALUE, i % 3 == 1));
            }
            for (int i = 0; i < TAKERS; i++) {
                takers[i] = taker(queue);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (Thread taker : takers) {
                    crew.await("all wait, in round " + round, () -> isAsleep(taker));
                }
                int at = random.nextInt(TAKERS);
                stop(takers[at]);
                Sequence sequence = sequences.get(random.nextInt(SEQUENCES));
                long before = sequence.handled();
                assertTrue(sequence.makeNext());
                crew.await("round " + round + ", " + sequence, () -> sequence.handled() > before || !unexpected.isEmpty());
                assertTrue(unexpected.isEmpty(), () -> unexpected.toString());
                crew.await("the end of the one that was stopped", () -> wakeUp(takers[at]));
                takers[at] = taker(queue);
            }
        } finally {
            over = true;
            for (Thread taker : takers) {
                taker.interrupt();
            }
            for (Sequence sequence : sequences) {
                sequence.close();
            }
        }
    }

    /** One that is stopped in the kernel does not know before it is back. */
    private static boolean wakeUp(Thread stopped) {
        stopped.interrupt();
        return !stopped.isAlive();
    }
}
