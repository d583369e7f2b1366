// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.OpenFiles;
import io.kevent.compat.support.Waiting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Threads that change keys, channels and the selector while another selects. */
class RacesTest extends SelectorContract {

    /** JDK-8287580, mended in JDK 19: register throws what it should keep to itself. Ours must not on any JDK. */
    private static final boolean REGISTER_TELLS_OF_A_CANCEL = Runtime.version().feature() < 19 && !"kevent".equals(System.getProperty("kevent.contract"));

    private interface Work {
        void run() throws Exception;
    }

    private static Callable<Void> task(Work work) {
        return () -> {
            work.run();
            return null;
        };
    }

    private static void race(Work first, Work second) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        BackgroundTask<Void> one = BackgroundTask.start(task(() -> {
            start.await();
            first.run();
        }));
        BackgroundTask<Void> two = BackgroundTask.start(task(() -> {
            start.await();
            second.run();
        }));
        one.result();
        two.result();
    }

    @Test
    void registerRacesWithTheCloseOfTheSelector() throws Exception {
        int before = OpenFiles.count();
        for (int i = 0; i < 200; i++) {
            Selector closing = Selector.open();
            try (DatagramChannel channel = DatagramChannel.open()) {
                channel.configureBlocking(false);
                if (i % 2 == 0) {
                    channel.register(closing, OP_READ);
                }
                race(() -> registerUnlessClosed(channel, closing), closing::close);
            }
        }
        assertEquals(before, OpenFiles.count());
    }

    private static void registerUnlessClosed(DatagramChannel channel, Selector closing) throws IOException {
        try {
            channel.register(closing, OP_READ);
        } catch (ClosedSelectorException | CancelledKeyException e) {
            assertFalse(closing.isOpen());
        }
    }

    @Test
    void interestChangeRacesWithTheCloseOfTheSelector() throws Exception {
        for (int i = 0; i < 200; i++) {
            Selector closing = Selector.open();
            try (DatagramChannel channel = DatagramChannel.open()) {
                channel.configureBlocking(false);
                SelectionKey key = channel.register(closing, OP_READ);
                race(() -> changeUnlessCancelled(key), closing::close);
                assertFalse(key.isValid());
            }
        }
    }

    private static void changeUnlessCancelled(SelectionKey key) {
        try {
            key.interestOps(0);
            key.interestOpsOr(OP_WRITE);
        } catch (CancelledKeyException | ClosedSelectorException e) {
            // JDK 17 tells of the selector, later ones of the key
            assertFalse(key.selector().isOpen());
        }
    }

    @Test
    void closeOfTheChannelRacesWithTheSelectAndTheCloseOfTheSelector() throws Exception {
        int before = OpenFiles.count();
        for (int i = 0; i < 200; i++) {
            Selector closing = Selector.open();
            Pipe pipe = Pipe.open();
            pipe.source().configureBlocking(false);
            pipe.source().register(closing, OP_READ);
            if (i % 2 == 0) {
                closing.selectNow();
            }
            race(pipe.source()::close, closing::close);
            pipe.sink().close();
        }
        assertEquals(before, OpenFiles.count());
    }

    @Test
    void keysCancelledWhileTheyAreBeingRegistered() throws Exception {
        Pipe pipe = pipe();
        pipe.source().register(selector, OP_READ).cancel();
        selector.selectNow();
        AtomicBoolean done = new AtomicBoolean();
        BackgroundTask<Void> canceller = BackgroundTask.start(task(() -> {
            while (!done.get()) {
                selector.keys().forEach(SelectionKey::cancel);
            }
        }));
        try {
            for (int i = 0; i < 20_000; i++) {
                registerAndCancel(pipe);
            }
        } finally {
            done.set(true);
        }
        canceller.result();
        selector.selectNow();
        assertTrue(selector.keys().isEmpty());
    }

    private void registerAndCancel(Pipe pipe) throws IOException {
        SelectionKey key;
        try {
            key = pipe.source().register(selector, OP_READ);
        } catch (CancelledKeyException e) {
            if (!REGISTER_TELLS_OF_A_CANCEL) {
                throw e;
            }
            selector.selectNow();
            return;
        }
        selector.selectNow();
        key.cancel();
        while (selector.keys().contains(key)) {
            selector.selectNow();
        }
    }

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
    void everyInterruptEndsASelect() throws Exception {
        int rounds = 5_000;
        CyclicBarrier turn = new CyclicBarrier(2);
        BackgroundTask<Integer> selecting = BackgroundTask.start(() -> {
            int done = 0;
            for (; done < rounds; done++) {
                turn.await();
                selector.select();
                Waiting.until("the interrupt that ended the select", Thread::interrupted);
                // takes the wakeup that an interrupt just before the select may have left
                selector.selectNow();
            }
            return done;
        });
        for (int i = 0; i < rounds; i++) {
            turn.await();
            selecting.thread().interrupt();
        }
        assertEquals(rounds, selecting.result());
    }

    @Test
    void noWakeupIsLost() throws Exception {
        int rounds = 50_000;
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        BackgroundTask<Void> selecting = BackgroundTask.start(task(() -> {
            while (answered.get() < rounds) {
                selector.select();
                answered.set(asked.get());
            }
        }));
        for (int i = 1; i <= rounds; i++) {
            asked.set(i);
            selector.wakeup();
            long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
            while (answered.get() < i) {
                assertTrue(System.nanoTime() - deadline < 0, "wakeup " + i + " is lost");
                Thread.onSpinWait();
            }
        }
        selecting.result();
    }

    @Test
    void stormOfWakeupsHidesNoEvent() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Pipe pipe = pipe();
        pipe.source().register(selector, OP_READ);
        List<BackgroundTask<Void>> storm = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            storm.add(BackgroundTask.start(task(() -> {
                while (!done.get()) {
                    selector.wakeup();
                }
            })));
        }
        try {
            for (int round = 0; round < 2_000; round++) {
                write(pipe, 1);
                int found = 0;
                while (found == 0) {
                    found = selector.select(LONG_MILLIS);
                }
                selector.selectedKeys().clear();
                assertEquals(1, drain(pipe.source()));
            }
        } finally {
            done.set(true);
        }
        for (BackgroundTask<Void> task : storm) {
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
        int requests = 3_000;
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

    @Test
    void channelsClosedByAnotherThreadDuringSelectsLeaveNothingBehind() throws Exception {
        int before = OpenFiles.count();
        AtomicBoolean done = new AtomicBoolean();
        BackgroundTask<Void> opener = BackgroundTask.start(task(() -> {
            for (int i = 0; i < 2_000; i++) {
                Pipe pipe = Pipe.open();
                pipe.source().configureBlocking(false);
                pipe.source().register(selector, OP_READ);
                pipe.sink().write(ByteBuffer.allocate(1));
                selector.wakeup();
                pipe.source().close();
                pipe.sink().close();
            }
            done.set(true);
            selector.wakeup();
        }));
        while (!done.get()) {
            selector.select(SHORT_MILLIS);
            selector.selectedKeys().clear();
        }
        opener.result();
        selector.selectNow();
        assertTrue(selector.keys().isEmpty());
        assertEquals(before, OpenFiles.count());
    }
}
