// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.soak;

import io.kevent.compat.support.OpenFiles;
import io.kevent.compat.support.Waiting;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Several threads write, change interest, cancel, register, wake and close while others select: in the end every byte that was written has been read
 * after an event that announced it, and nothing is left over. {@code -Dkevent.soak.rounds} makes it longer.
 */
@Timeout(value = 1, unit = TimeUnit.DAYS) // every wait below is bounded
class SelectorSoakTest {

    private static final int ROUNDS = Integer.getInteger("kevent.soak.rounds", 40);
    private static final int CONNECTIONS = 12;
    private static final int WRITERS = 3;
    private static final int STIRRERS = 2;
    private static final int WRITES = 300;
    private static final int STIRS = 3000;
    private static final int WAKEUPS = 20_000;

    @ParameterizedTest(name = "{0} selectors")
    @CsvSource({"1", "3"})
    void everyByteIsReadWhateverOtherThreadsDoToTheKeys(int selectors) throws Exception {
        round(selectors, 0);
        TreeSet<String> before = OpenFiles.list();
        for (int i = 1; i <= ROUNDS; i++) {
            round(selectors, i);
            OpenFiles.untilBackTo(before);
        }
    }

    /** Each round comes to rest, since a lost event shows only where no later change brings it back. */
    private static void round(int count, long seed) throws Exception {
        List<Selector> selectors = new ArrayList<>();
        List<Connection> connections = new ArrayList<>();
        List<SelectingThread> loops = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (int i = 0; i < count; i++) {
                selectors.add(Selector.open());
                loops.add(new SelectingThread(selectors.get(i), seed * 31 + i));
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(Connection.open(i));
            }
            List<Future<?>> selecting = new ArrayList<>();
            loops.forEach(loop -> selecting.add(threads.submit(loop)));
            List<Future<?>> writing = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writing.add(threads.submit(writer(connections, i, seed)));
            }
            List<Future<?>> stirring = new ArrayList<>();
            for (int i = 0; i < STIRRERS; i++) {
                stirring.add(threads.submit(new Stirrer(connections, selectors, STIRS, seed * 101 + i)));
            }
            untilDone("the threads that change the registrations end", stirring, selecting);
            // from here on nothing happens but writing and reading
            for (Connection connection : connections) {
                Stirrer.watch(connection, selectors.get(connection.number() % count));
            }
            untilDone("all is written", writing, selecting);
            for (Connection connection : connections) {
                untilEnded(connection, selecting);
            }
            loops.forEach(SelectingThread::stop);
            untilDone("the selecting threads end", selecting, List.of());
            for (Selector selector : selectors) {
                assertEquals(0, selector.keys().size(), "keys of channels that are closed");
                assertEquals(0, selector.selectedKeys().size(), "selected keys of channels that are closed");
            }
        } finally {
            for (Selector selector : selectors) {
                selector.close();
            }
            for (Connection connection : connections) {
                connection.close();
            }
            threads.shutdownNow();
            assertTrue(threads.awaitTermination(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS), "threads are left");
        }
    }

    /** Writes to its share of the connections and closes them one after the other. */
    private static Runnable writer(List<Connection> connections, int share, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 7 + share);
        return () -> {
            List<Connection> own = new ArrayList<>();
            for (int i = share; i < CONNECTIONS; i += WRITERS) {
                own.add(connections.get(i));
            }
            try {
                for (int i = 0; i < WRITES; i++) {
                    own.get(random.nextInt(own.size())).write(1 + random.nextInt(random.nextInt(20) == 0 ? 60_000 : 500));
                }
                for (Connection connection : own) {
                    // more than is read at once: what is left must be reported again, and nothing comes after it that would
                    connection.write(1 + random.nextInt(4000));
                    connection.finish();
                }
            } catch (IOException e) {
                throw new AssertionError("a connection broke", e);
            }
        };
    }

    @Test
    void everyWakeupEndsASelect() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        AtomicLong selects = new AtomicLong();
        try (Selector selector = Selector.open()) {
            Future<?> selecting = threads.submit(() -> {
                while (selects.get() < WAKEUPS) {
                    selector.select();
                    selects.incrementAndGet();
                }
                return null;
            });
            for (long done = 0; done < WAKEUPS; done++) {
                long before = done;
                selector.wakeup();
                if (!isSoonPast(selects, before)) {
                    Waiting.until("the select returns after wakeup " + done, () -> selects.get() > before || selecting.isDone());
                }
            }
            untilDone("the selecting thread ends", List.of(selecting), List.of());
            assertEquals(WAKEUPS, selects.get());
        } finally {
            threads.shutdownNow();
            assertTrue(threads.awaitTermination(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS), "threads are left");
        }
    }

    /** Spares the pause of a wait where the other thread is fast. */
    private static boolean isSoonPast(AtomicLong selects, long before) {
        for (int i = 0; i < 1000 && selects.get() <= before; i++) {
            Thread.onSpinWait();
        }
        return selects.get() > before;
    }

    private static void untilEnded(Connection connection, List<Future<?>> selecting) throws Exception {
        Waiting.until("the end of " + connection + " is read", () -> {
            throwFailures(selecting);
            return connection.ended().getCount() == 0;
        });
    }

    /** Waits for some threads, as long as others do not fail. */
    private static void untilDone(String what, List<Future<?>> threads, List<Future<?>> others) throws Exception {
        Waiting.until(what, () -> {
            throwFailures(others);
            return threads.stream().allMatch(Future::isDone);
        });
        throwFailures(threads);
    }

    private static void throwFailures(List<Future<?>> threads) throws Exception {
        for (Future<?> thread : threads) {
            if (thread.isDone()) {
                thread.get();
            }
        }
    }
}
