// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.CountingKernel;
import io.kevent.provider.kernel.Events;
import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.kernel.SimulatedKernel;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a collector counts is what another counter, between it and the kernel, sees. */
class TallyTest {
    private static final int MILLIS = 20;

    private final SimulatedKernel simulated = new SimulatedKernel();
    private final CountingKernel calls = new CountingKernel(simulated);
    private final KnoteTable table = new KnoteTable();
    private Collector collector;
    private Tally tally;

    @BeforeEach
    void open() throws IOException {
        collector = new Collector(calls, table);
        tally = collector.tally();
    }

    @AfterEach
    void close() throws IOException {
        collector.close();
    }

    private TestKnote add(int fd, int interest) {
        TestKnote knote = new TestKnote(fd);
        table.add(knote);
        knote.interest(interest, collector.changes());
        return knote;
    }

    private void turn() throws IOException {
        collector.turn(0);
        for (Knote knote = collector.batch().take(); knote != null; knote = collector.batch().take()) {
            if (collector.batch().report(knote) == 0) {
                collector.batch().unwanted(knote);
            }
        }
    }

    @Test
    void changesMadeAreTheKernelsRegistrationCalls() throws IOException {
        TestKnote first = add(1, OP_READ);
        TestKnote second = add(2, OP_READ);
        turn();
        first.interest(OP_READ | OP_WRITE, collector.changes());
        turn();
        collector.forget(second);
        assertEquals(4, tally.changesMade.get());
        assertEquals(calls.registrationCalls(), tally.changesMade.get());
    }

    @Test
    void changesAskedAreThoseThatChangedSomething() throws IOException {
        TestKnote knote = add(1, OP_READ);
        knote.interest(OP_READ, collector.changes());
        knote.interest(0, collector.changes());
        knote.interest(OP_READ, collector.changes());
        turn();
        assertEquals(3, tally.changesAsked());
        collector.forget(knote);
        assertEquals(4, tally.changesAsked());
    }

    @Test
    void changesThatNoTurnHasSeenAreCountedWhenTheKnoteIsForgotten() throws IOException {
        TestKnote knote = add(1, OP_READ);
        knote.interest(0, collector.changes());
        collector.forget(knote);
        assertEquals(3, tally.changesAsked());
    }

    @Test
    void changesThatNoTurnHasToSeeAreCountedInTheEnd() throws IOException {
        int pairs = 5000;
        TestKnote knote = add(1, OP_READ);
        for (int i = 0; i < pairs; i++) {
            turn();
            knote.interest(0, collector.changes());
            knote.interest(OP_READ, collector.changes());
        }
        collector.forget(knote);
        assertEquals(1 + 2 * pairs + 1, tally.changesAsked());
    }

    @Test
    void changesOfSeveralThreadsAreAllCounted() throws Exception {
        int rounds = 50_000;
        Thread[] threads = new Thread[2];
        for (int i = 0; i < threads.length; i++) {
            TestKnote knote = add(i, OP_READ);
            threads[i] = new Thread(() -> {
                for (int round = 0; round < rounds; round++) {
                    knote.interest(round % 2 == 0 ? 0 : OP_READ, collector.changes());
                }
            });
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        turn();
        assertEquals(2 + 2 * rounds, tally.changesAsked());
    }

    @Test
    void turnThatMayNotWaitIsAPoll() throws IOException {
        turn();
        assertEquals(1, tally.polls.get());
        assertEquals(0, tally.waits.get());
        assertEquals(0, tally.waitedNanos.get());
    }

    @Test
    void turnThatWaitsIsAWaitAndIsTimed() throws IOException {
        try (Measured real = new Measured()) {
            // in its parts: a whole turn lets others run first, and waits only for what that has left of its time
            int count = real.collector.await(real.collector.prepare(MILLIS));
            real.collector.finish(count);
            assertEquals(1, real.collector.tally().waits.get());
            // the kernel's clock and the JVM's may differ by a little
            assertTrue(real.collector.tally().waitedNanos.get() >= (MILLIS - 1) * 1_000_000L, () -> real.collector.tally().waitedNanos.get() + " ns");
        }
    }

    @Test
    void turnThatWaitsLetsOthersRunFirst() throws IOException {
        try (Measured real = new Measured()) {
            real.collector.turn(1);
            assertEquals(1, real.collector.tally().yields.get());
        }
    }

    @Test
    void turnThatDoesNotWaitLetsNobodyRun() throws IOException {
        collector.turn(0);
        collector.wakeup().wake();
        collector.turn(-1);
        collector.wakeup().nudge();
        collector.turn(-1);
        TestKnote knote = add(1, OP_READ | OP_DISPATCH);
        simulated.arrive(1, Events.IN);
        turn();
        knote.interest(OP_READ | OP_DISPATCH, collector.changes());
        collector.turn(-1);
        assertSame(knote, collector.batch().take());
        assertEquals(0, tally.yields.get());
    }

    @Test
    void probesAreCounted() throws IOException {
        TestKnote knote = add(1, OP_READ | OP_DISPATCH);
        simulated.arrive(1, Events.IN);
        turn();
        turn();
        knote.interest(OP_READ | OP_DISPATCH, collector.changes());
        turn();
        assertEquals(1, tally.probes.get());
        assertEquals(calls.count(Call.PROBE), tally.probes.get());
    }

    @Test
    void wakeupOfACollectorThatDoesNotWaitEntersNoKernel() throws IOException {
        collector.wakeup().wake();
        collector.wakeup().wake();
        assertEquals(2, tally.wakeupsAsked());
        assertEquals(0, tally.wakeupsEntered.get());
    }

    @Test
    void wakeupOfACollectorThatWaitsEntersTheKernel() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountingKernel counting = new CountingKernel(JdkKernel.INSTANCE);
        counting.beforeNext(Call.WAIT, waiting::countDown);
        Collector real = new Collector(counting, new KnoteTable());
        try {
            Thread waker = new Thread(() -> {
                try {
                    waiting.await();
                    real.wakeup().wake();
                } catch (InterruptedException | IOException e) {
                    throw new AssertionError(e);
                }
            });
            waker.start();
            assertTrue(real.turn(60_000), "ended by time and not by the wake-up");
            waker.join();
            assertEquals(1, real.tally().wakeupsAsked());
            assertEquals(1, real.tally().wakeupsEntered.get());
        } finally {
            real.close();
        }
    }

    /** A collector on the real kernel. */
    private static final class Measured implements AutoCloseable {
        final Collector collector;

        Measured() throws IOException {
            collector = new Collector(JdkKernel.INSTANCE, new KnoteTable());
        }

        @Override
        public void close() throws IOException {
            collector.close();
        }
    }
}
