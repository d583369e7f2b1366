// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import io.kevent.provider.kernel.JdkProvider;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/** One selector of the JDK's with an adoption around it, and what tests of it need. All that is opened and started here is closed and ended. */
abstract class AdoptionTestBase {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final Deque<Closeable> open = new ArrayDeque<>();
    private final Deque<Thread> threads = new ArrayDeque<>();

    final Adoption adoption = new Adoption(null);
    WovenSelector selector;

    @BeforeEach
    final void openSelector() throws IOException {
        selector = closing(new WovenSelector(adoption));
    }

    @AfterEach
    final void closeAll() throws Exception {
        selector.wakeup();
        for (Thread thread : threads) {
            thread.join(LIMIT.toMillis());
            assertTrue(!thread.isAlive(), thread + " does not end");
        }
        for (Closeable opened : open) {
            opened.close();
        }
        assertTrue(adoption.giveBack(Duration.ZERO, LIMIT));
    }

    final <T extends Closeable> T closing(T opened) {
        open.addFirst(opened);
        return opened;
    }

    final Pipe pipe() throws IOException {
        Pipe pipe = JdkProvider.get().openPipe();
        closing(pipe.source());
        closing(pipe.sink());
        pipe.source().configureBlocking(false);
        return pipe;
    }

    final SelectionKey register(Pipe pipe, int ops) throws IOException {
        return pipe.source().register(selector.jdk(), ops);
    }

    static void write(Pipe pipe) throws IOException {
        assertEquals(1, pipe.sink().write(ByteBuffer.allocate(1)));
    }

    static void read(Pipe pipe) throws IOException {
        assertEquals(1, pipe.source().read(ByteBuffer.allocate(1)));
    }

    /** Selects without waiting, and forgets what was selected. */
    final int selectNow() throws IOException {
        int count = selector.select(0);
        selector.jdk().selectedKeys().clear();
        return count;
    }

    final void adopt() throws IOException {
        assertEquals(0, selectNow());
        assertTrue(selector.isAdopted());
    }

    final void giveBack() throws InterruptedException {
        assertTrue(adoption.giveBack(Duration.ZERO, LIMIT));
    }

    final <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "test");
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
        return task;
    }

    static <T> T result(FutureTask<T> task) throws Exception {
        return task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    final Thread lastStarted() {
        return threads.getLast();
    }

    /** A select without a bound, which is in the kernel when this returns: begun by the core, or by the JDK's own method. */
    final FutureTask<Integer> startSelect(long timeoutMillis, boolean byJdk) {
        FutureTask<Integer> select = start(() -> selector.select(timeoutMillis));
        untilSelecting(select, byJdk);
        return select;
    }

    final void untilSelecting(FutureTask<Integer> select, boolean byJdk) {
        Thread thread = lastStarted();
        until("the thread is in " + (byJdk ? "the JDK's select" : "the core's select"), () -> select.isDone() || isSelecting(thread, byJdk));
    }

    private static boolean isSelecting(Thread thread, boolean byJdk) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 1 && stack[0].getClassName().equals("sun.nio.ch.EPoll")
                && byJdk == stack[1].getClassName().equals("sun.nio.ch.EPollSelectorImpl");
    }

    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("not within " + LIMIT + ": " + what);
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
    }

    /** The next select waits until a channel is ready: no wake-up is left over. */
    final void assertWaits() throws Exception {
        Pipe pipe = pipe();
        SelectionKey key = register(pipe, SelectionKey.OP_READ);
        boolean byJdk = !selector.isAdopted();
        FutureTask<Integer> select = start(() -> selector.select(-1));
        Thread thread = lastStarted();
        until("the select waits", () -> select.isDone() || isSelecting(thread, byJdk));
        write(pipe);
        assertEquals(1, result(select), "the select was woken up");
        assertTrue(key.isReadable());
        read(pipe);
        selector.cancel(key);
        selector.jdk().selectedKeys().clear();
    }
}
