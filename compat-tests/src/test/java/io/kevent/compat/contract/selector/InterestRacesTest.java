// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.Waiting;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Channels registered and interest sets changed by other threads while one selects. */
class InterestRacesTest extends SelectorContract {

    @Test
    void channelsRegisteredByOtherThreadsDuringASelectAreAllReported() throws Exception {
        int threads = 4;
        int each = 100;
        List<Pipe> pipes = new ArrayList<>();
        for (int i = 0; i < threads * each; i++) {
            Pipe pipe = pipe();
            write(pipe, 1);
            pipes.add(pipe);
        }
        List<BackgroundTask<Void>> tasks = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            List<Pipe> own = pipes.subList(t * each, (t + 1) * each);
            tasks.add(BackgroundTask.start(task(() -> {
                for (Pipe pipe : own) {
                    pipe.source().register(selector, OP_READ);
                    selector.wakeup();
                }
            })));
        }
        for (int reported = 0; reported < threads * each;) {
            selector.select(LONG_MILLIS);
            for (Iterator<SelectionKey> i = selector.selectedKeys().iterator(); i.hasNext(); reported++) {
                assertEquals(1, drain(i.next().channel()));
                i.remove();
            }
        }
        for (BackgroundTask<Void> task : tasks) {
            task.result();
        }
        selector.selectNow();
        assertReportsNothing();
    }

    @Test
    void interestToggledByAnotherThreadEndsAsItWasLeft() throws Exception {
        SelectionKey key = readableKey();
        for (int round = 0; round < 20; round++) {
            BackgroundTask<Void> toggler = BackgroundTask.start(task(() -> {
                for (int i = 0; i < 500; i++) {
                    key.interestOps(0);
                    selector.wakeup();
                    key.interestOps(OP_READ);
                    selector.wakeup();
                }
            }));
            while (!toggler.isDone()) {
                selector.selectNow();
                selector.selectedKeys().clear();
            }
            toggler.result();
            assertReports(key, OP_READ);
        }
    }

    @Test
    void workerThatTurnsTheInterestOnAgainLosesNoRequest() throws Exception {
        int requests = 1_000;
        Pipe pipe = pipe();
        SelectionKey key = pipe.source().register(selector, OP_READ);
        AtomicInteger handled = new AtomicInteger();
        BackgroundTask<Void> sender = BackgroundTask.start(task(() -> {
            for (int i = 0; i < requests; i++) {
                write(pipe, 1);
                int sent = i;
                Waiting.until("request " + i + " is handled", () -> handled.get() > sent);
            }
        }));
        AtomicBoolean idle = new AtomicBoolean(true);
        BackgroundTask<Void> worker = BackgroundTask.start(task(() -> {
            while (handled.get() < requests) {
                if (!idle.get()) {
                    int read = drain(pipe.source());
                    idle.set(true);
                    key.interestOps(OP_READ);
                    selector.wakeup();
                    handled.addAndGet(read);
                }
            }
        }));
        while (handled.get() < requests) {
            if (selector.select(SHORT_MILLIS) > 0) {
                assertTrue(idle.get(), "not reported while the worker has it");
                key.interestOps(0);
                idle.set(false);
            }
            selector.selectedKeys().clear();
        }
        worker.result();
        sender.result();
    }

    @Test
    void keysDeregisteredAndRegisteredWhileTheirInterestIsChanged() throws Exception {
        Pipe pipe = pipe();
        SelectionKey[] current = {pipe.sink().register(selector, 0)};
        AtomicInteger seen = new AtomicInteger();
        int rounds = 5_000;
        BackgroundTask<Void> changer = BackgroundTask.start(task(() -> {
            for (int i = 1; i <= rounds; i++) {
                synchronized (current) {
                    selector.wakeup();
                    current[0].interestOps(OP_WRITE);
                }
                int round = i;
                long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
                while (seen.get() < round) {
                    assertTrue(System.nanoTime() - deadline < 0, "the change of round " + round + " has no effect");
                    Thread.onSpinWait();
                }
            }
        }));
        while (seen.get() < rounds) {
            selector.select(LONG_MILLIS);
            synchronized (current) {
                if (selector.selectedKeys().remove(current[0]) && current[0].isWritable()) {
                    current[0].cancel();
                    selector.selectNow();
                    current[0] = pipe.sink().register(selector, 0);
                    seen.incrementAndGet();
                }
            }
        }
        changer.result();
    }
}
