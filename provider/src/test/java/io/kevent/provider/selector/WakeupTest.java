// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.Events;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a wake-up costs, and that none is lost or doubled. */
class WakeupTest {
    private static final long BOUND_SECONDS = 30;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private SimulatedSelector simulated;

    @BeforeEach
    void open() throws IOException {
        simulated = new SimulatedSelector();
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        simulated.close();
        threads.shutdown();
        assertTrue(threads.awaitTermination(BOUND_SECONDS, TimeUnit.SECONDS), "a thread is left over");
    }

    private Future<Integer> selectInAnotherThread() throws InterruptedException {
        Future<Integer> selecting = threads.submit(() -> simulated.selector.select(key -> { }));
        simulated.kernel.awaitWaiter();
        return selecting;
    }

    private static int get(Future<Integer> selecting) throws Exception {
        return selecting.get(BOUND_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void ofAThreadThatWaitsRingsOnce() throws Exception {
        Future<Integer> selecting = selectInAnotherThread();
        simulated.selector.wakeup();
        simulated.selector.wakeup();
        assertEquals(0, get(selecting));
        assertEquals(1, simulated.calls.count(Call.RING));
    }

    @Test
    void whileNobodyWaitsDoesNotRing() {
        for (int i = 0; i < 100; i++) {
            simulated.selector.wakeup();
        }
        assertEquals(0, simulated.calls.count(Call.RING));
    }

    @Test
    void whileNobodyWaitsKeepsTheNextSelectFromWaiting() throws IOException {
        simulated.selector.wakeup();
        assertEquals(0, simulated.selector.select());
        assertEquals(0, simulated.calls.count(Call.WAIT));
    }

    @Test
    void isUsedUpByTheSelectThatItEnds() throws Exception {
        simulated.selector.wakeup();
        simulated.selector.wakeup();
        simulated.selector.selectNow();
        Future<Integer> selecting = selectInAnotherThread();
        simulated.selector.wakeup();
        assertEquals(0, get(selecting));
    }

    @Test
    void duringAnActionEndsTheNextSelect() throws Exception {
        SelectionKey key = simulated.register(OP_READ);
        simulated.arrive(key, Events.IN);
        simulated.selector.select(k -> simulated.selector.wakeup());
        simulated.drain(key, Events.IN);
        assertEquals(0, simulated.selector.select());
        assertEquals(0, simulated.calls.count(Call.RING));
    }

    @Test
    void thatRingsTooLateDoesNotEndTheNextSelect() throws Exception {
        SelectionKey key = simulated.register(OP_READ);
        CountDownLatch ringing = new CountDownLatch(1);
        CountDownLatch ring = new CountDownLatch(1);
        simulated.calls.beforeNext(Call.RING, () -> {
            ringing.countDown();
            awaitLatch(ring);
        });
        Future<Integer> first = selectInAnotherThread();
        Future<?> waker = threads.submit(simulated.selector::wakeup);
        awaitLatch(ringing);
        // the select ends by itself, having heard the wake-up, and the next one waits when the bell rings
        simulated.arrive(key, Events.IN);
        assertEquals(1, get(first));
        simulated.drain(key, Events.IN);
        simulated.calls.reset();
        Future<Integer> second = selectInAnotherThread();
        ring.countDown();
        waker.get(BOUND_SECONDS, TimeUnit.SECONDS);
        awaitCalls(Call.WAIT, 2);
        simulated.kernel.awaitWaiter();
        simulated.arrive(key, Events.IN);
        assertEquals(1, get(second));
    }

    @Test
    void afterCloseRingsNothing() throws IOException {
        simulated.selector.close();
        simulated.calls.reset();
        simulated.selector.wakeup();
        assertEquals("{}", simulated.calls.calls());
    }

    @Test
    void thatIsUnderWayWhenTheSelectorClosesRingsNoClosedBell() throws Exception {
        CountDownLatch ringing = new CountDownLatch(1);
        CountDownLatch ring = new CountDownLatch(1);
        simulated.calls.beforeNext(Call.RING, () -> {
            ringing.countDown();
            awaitLatch(ring);
        });
        SelectionKey key = simulated.register(OP_READ);
        Future<Integer> selecting = selectInAnotherThread();
        Future<?> waker = threads.submit(simulated.selector::wakeup);
        awaitLatch(ringing);
        simulated.arrive(key, Events.IN);
        get(selecting);
        Future<Void> closer = threads.submit(() -> {
            simulated.selector.close();
            return null;
        });
        ring.countDown();
        assertNull(closer.get(BOUND_SECONDS, TimeUnit.SECONDS));
        // the simulated bell throws when it is rung after it was closed
        waker.get(BOUND_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void byInterruptEndsTheWait() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Thread selecting = new Thread(() -> {
            try {
                simulated.selector.select();
                if (Thread.currentThread().isInterrupted()) {
                    ended.countDown();
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        selecting.start();
        simulated.kernel.awaitWaiter();
        selecting.interrupt();
        awaitLatch(ended);
        selecting.join(TimeUnit.SECONDS.toMillis(BOUND_SECONDS));
    }

    private void awaitCalls(Call call, int count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        while (simulated.calls.count(call) < count) {
            assertTrue(System.nanoTime() < deadline, () -> "expected " + count + " of " + call + ", saw " + simulated.calls.calls());
            Thread.onSpinWait();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertTrue(latch.await(BOUND_SECONDS, TimeUnit.SECONDS), "the other thread did not come so far");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
