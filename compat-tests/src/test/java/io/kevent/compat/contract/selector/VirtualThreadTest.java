// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.ChildJvm;
import io.kevent.compat.support.VirtualThreads;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Virtual threads that select. */
class VirtualThreadTest extends SelectorContract {

    private static final List<String> ONE_CARRIER = List.of("-Djdk.virtualThreadScheduler.parallelism=1",
            "-Djdk.virtualThreadScheduler.maxPoolSize=1");

    @BeforeEach
    void needVirtualThreads() {
        assumeTrue(VirtualThreads.areUsable(), "virtual threads that select without their carrier came with JDK 24");
    }

    private static Thread startAndPark(FutureTask<?> task) throws Exception {
        Thread thread = VirtualThreads.start(task);
        VirtualThreads.untilParked(thread);
        return thread;
    }

    @Test
    void thousandThreadsSelectOnOneCarrier() throws Exception {
        assertEquals("1000 threads, 5 rounds", ChildJvm.run(ONE_CARRIER, VirtualSelectors.class, "1000", "0").strip());
    }

    @Test
    void thousandThreadsSelectWithTimeoutOnOneCarrier() throws Exception {
        assertEquals("1000 threads, 5 rounds", ChildJvm.run(ONE_CARRIER, VirtualSelectors.class, "1000", "50000").strip());
    }

    @Test
    void readyChannelEndsTheSelect() throws Exception {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, SelectionKey.OP_READ);
        FutureTask<Integer> select = VirtualThreads.task(() -> selector.select());
        startAndPark(select);
        write(pipe, 1);
        assertEquals(1, VirtualThreads.result(select));
        assertTrue(key.isReadable());
    }

    @Test
    void actionRunsInTheVirtualThread() throws Exception {
        readableKey();
        Thread[] seen = new Thread[1];
        FutureTask<Integer> select = VirtualThreads.task(() -> selector.select(key -> seen[0] = Thread.currentThread()));
        Thread thread = VirtualThreads.start(select);
        assertEquals(1, VirtualThreads.result(select));
        assertEquals(thread, seen[0]);
    }

    @Test
    void wakeupEndsTheSelect() throws Exception {
        for (int i = 0; i < 20; i++) {
            FutureTask<Integer> select = VirtualThreads.task(() -> selector.select());
            startAndPark(select);
            selector.wakeup();
            assertEquals(0, VirtualThreads.result(select));
        }
        assertReportsNothing();
    }

    @Test
    void wakeupBeforeEndsTheSelect() throws Exception {
        selector.wakeup();
        FutureTask<Integer> select = VirtualThreads.task(() -> selector.select());
        VirtualThreads.start(select);
        assertEquals(0, VirtualThreads.result(select));
        assertReportsNothing();
    }

    @Test
    void interruptEndsTheSelectAndItsStatusIsKept() throws Exception {
        assertInterruptEnds(() -> selector.select());
        assertInterruptEnds(() -> selector.select(10 * LONG_MILLIS));
    }

    private void assertInterruptEnds(Callable<Integer> work) throws Exception {
        FutureTask<Boolean> select = VirtualThreads.task(() -> {
            assertEquals(0, work.call());
            return Thread.currentThread().isInterrupted();
        });
        startAndPark(select).interrupt();
        assertTrue(VirtualThreads.result(select));
        assertTrue(selector.isOpen());
    }

    @Test
    void interruptBeforeEndsTheSelect() throws Exception {
        FutureTask<Boolean> select = VirtualThreads.task(() -> {
            Thread.currentThread().interrupt();
            assertEquals(0, selector.select());
            return Thread.currentThread().isInterrupted();
        });
        VirtualThreads.start(select);
        assertTrue(VirtualThreads.result(select));
    }

    @Test
    void selectBlocksAgainAfterTheInterrupt() throws Exception {
        AtomicInteger returned = new AtomicInteger();
        FutureTask<Integer> select = VirtualThreads.task(() -> {
            selector.select();
            assertTrue(Thread.interrupted());
            returned.incrementAndGet();
            return selector.select();
        });
        Thread thread = startAndPark(select);
        thread.interrupt();
        while (returned.get() == 0 && !select.isDone()) {
            Thread.onSpinWait();
        }
        VirtualThreads.untilParked(thread);
        selector.wakeup();
        assertEquals(0, VirtualThreads.result(select));
    }

    @Test
    void timeoutIsKept() throws Exception {
        pipe().source().register(selector, SelectionKey.OP_READ);
        FutureTask<Long> select = VirtualThreads.task(() -> {
            long start = System.nanoTime();
            assertEquals(0, selector.select(100));
            return System.nanoTime() - start;
        });
        VirtualThreads.start(select);
        assertTrue(VirtualThreads.result(select) >= TimeUnit.MILLISECONDS.toNanos(100));
    }

    @Test
    void selectNowDoesNotWait() throws Exception {
        FutureTask<Integer> select = VirtualThreads.task(() -> selector.selectNow());
        VirtualThreads.start(select);
        assertEquals(0, VirtualThreads.result(select));
    }

    @Test
    void closeEndsTheSelect() throws Exception {
        FutureTask<Integer> select = VirtualThreads.task(() -> selector.select());
        startAndPark(select);
        selector.close();
        assertEquals(0, VirtualThreads.result(select));
        assertFalse(selector.isOpen());
    }

    @Test
    void platformAndVirtualThreadsTakeTurns() throws Exception {
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, SelectionKey.OP_READ);
        for (int i = 0; i < 50; i++) {
            write(pipe, 1);
            FutureTask<Integer> select = VirtualThreads.task(() -> selector.select());
            VirtualThreads.start(select);
            assertEquals(1, VirtualThreads.result(select));
            assertReports(key, SelectionKey.OP_READ);
            drain(pipe.source());
            assertEquals(0, selector.selectNow());
            selector.selectedKeys().clear();
        }
    }

    @Test
    void everyInterruptEndsASelect() throws Exception {
        int rounds = 500;
        AtomicInteger begun = new AtomicInteger();
        FutureTask<Integer> select = VirtualThreads.task(() -> {
            int done = 0;
            for (; done < rounds; done++) {
                begun.incrementAndGet();
                selector.select();
                assertTrue(Thread.interrupted());
            }
            return done;
        });
        Thread thread = VirtualThreads.start(select);
        for (int i = 1; i <= rounds; i++) {
            while (begun.get() < i && !select.isDone()) {
                Thread.onSpinWait();
            }
            thread.interrupt();
        }
        assertEquals(rounds, VirtualThreads.result(select));
    }
}
