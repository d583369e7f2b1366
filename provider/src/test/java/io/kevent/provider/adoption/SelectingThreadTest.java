// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import java.nio.channels.Pipe;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Threads of every kind and state select by a selector that the core serves. */
class SelectingThreadTest extends AdoptionTestBase {

    @Test
    void interruptedOneReturnsAndStaysInterrupted() throws Exception {
        adopt();
        FutureTask<Boolean> select = start(() -> {
            assertEquals(0, selector.select(-1));
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = lastStarted();
        until("the thread selects", () -> select.isDone() || thread.getStackTrace().length > 0
                && thread.getStackTrace()[0].getClassName().equals("sun.nio.ch.EPoll"));
        thread.interrupt();
        assertTrue(result(select));
    }

    @Test
    void interruptedBeforeItDoesNotWait() throws Exception {
        adopt();
        assertTrue(result(start(() -> {
            Thread.currentThread().interrupt();
            assertEquals(0, selector.select(-1));
            return Thread.currentThread().isInterrupted();
        })));
    }

    @Test
    void interruptedOneTakesItOver() throws Exception {
        assertTrue(result(start(() -> {
            Thread.currentThread().interrupt();
            assertEquals(0, selector.select(-1));
            return Thread.currentThread().isInterrupted();
        })));
        assertTrue(selector.isAdopted());
    }

    @Test
    void interruptAfterASelectDoesNotEndTheNextOne() throws Exception {
        adopt();
        CountDownLatch selected = new CountDownLatch(1);
        FutureTask<Boolean> task = start(() -> {
            selector.wakeup();
            assertEquals(0, selector.select(-1));
            selected.countDown();
            until("the thread is interrupted", Thread.currentThread()::isInterrupted);
            return Thread.interrupted();
        });
        assertTrue(selected.await(LIMIT.toSeconds(), TimeUnit.SECONDS));
        lastStarted().interrupt();
        assertTrue(result(task));
        assertWaits();
    }

    private static Thread startVirtual(FutureTask<?> task) throws Exception {
        assumeTrue(Runtime.version().feature() >= 24, "virtual threads that select without their carrier came with JDK 24");
        return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    }

    private static void untilParked(Thread thread) {
        until("the virtual thread is parked", () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void virtualOneIsEndedByAChannel() throws Exception {
        Pipe pipe = pipe();
        register(pipe, OP_READ);
        adopt();
        FutureTask<Integer> select = new FutureTask<>(() -> selector.select(-1));
        untilParked(startVirtual(select));
        write(pipe);
        assertEquals(1, result(select));
    }

    @Test
    void virtualOneGoesOnInTheJdksMethod() throws Exception {
        Pipe pipe = pipe();
        register(pipe, OP_READ);
        adopt();
        FutureTask<Integer> select = new FutureTask<>(() -> selector.select(-1));
        Thread thread = startVirtual(select);
        untilParked(thread);
        giveBack();
        until("the JDK's method is there", () -> selector.bodyTimeout() == -1);
        untilParked(thread);
        write(pipe);
        assertEquals(1, result(select));
    }

    @Test
    void virtualOneIsWokenUpByTheSelectorsOwnMeans() throws Exception {
        adopt();
        FutureTask<Integer> select = new FutureTask<>(() -> selector.select(-1));
        untilParked(startVirtual(select));
        selector.jdk().wakeup();
        assertEquals(0, result(select));
    }
}
