// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import com.sun.management.ThreadMXBean;
import io.kevent.EventBatch;
import io.kevent.Knote;
import io.kevent.TimerKnote;
import io.kevent.UserKnote;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A take in the steady state allocates nothing, nor does what is done to a knote for each event. */
class QueueAllocationTest {
    private static final int ROUNDS = 10_000;
    private static final int ATTEMPTS = 10;

    /** For all rounds together: what the JVM itself allocates on a thread once in a while, when it compiles or links what the thread runs. */
    private static final long TOLERATED = ROUNDS / 10;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ByteBuffer one = ByteBuffer.allocateDirect(1);
    private TestQueue events;
    private EventBatch batch;
    private Pipe pipe;

    /** What a round does; not {@code Runnable}, since it throws. */
    private interface Round {
        void run() throws IOException, InterruptedException;
    }

    @BeforeEach
    void open() throws IOException {
        events = new TestQueue();
        batch = events.batch;
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        events.close();
        pipe.sink().close();
        pipe.source().close();
    }

    /** Repeats the measurement until one shows no allocation: the first ones are warm-up. What allocates by design does so in each of them. */
    private void assertAllocatesNothing(Round round) throws IOException, InterruptedException {
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && least > TOLERATED; attempt++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < ROUNDS; i++) {
                round.run();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        long bytes = least;
        assertTrue(bytes <= TOLERATED, () -> bytes + " bytes in " + ROUNDS + " rounds");
    }

    private void takeOne() throws IOException, InterruptedException {
        if (events.queue.take(batch, 1, 1, 1, TimeUnit.HOURS) != 1 || !batch.next()) {
            throw new AssertionError("no event");
        }
    }

    private void write() throws IOException {
        one.clear();
        pipe.sink().write(one);
    }

    private void read() throws IOException {
        one.clear();
        pipe.source().read(one);
    }

    @Test
    void pollThatFindsNothing() throws Exception {
        assertAllocatesNothing(() -> events.queue.poll(batch));
    }

    @Test
    void triggersThatAreTaken() throws Exception {
        UserKnote knote = events.queue.user(0, null);
        assertAllocatesNothing(() -> {
            knote.trigger(1);
            takeOne();
        });
    }

    @Test
    void levelThatStaysReady() throws Exception {
        events.queue.register(pipe.source(), OP_READ, null);
        write();
        assertAllocatesNothing(this::takeOne);
    }

    @Test
    void edges() throws Exception {
        events.queue.register(pipe.source(), OP_READ | OP_EDGE, null);
        assertAllocatesNothing(() -> {
            write();
            takeOne();
            read();
        });
    }

    @Test
    void dispatchAndEnable() throws Exception {
        Knote knote = events.queue.register(pipe.source(), OP_READ | OP_DISPATCH, null);
        assertAllocatesNothing(() -> {
            write();
            takeOne();
            read();
            knote.enable();
        });
    }

    @Test
    void timersThatRunOut() throws Exception {
        TimerKnote knote = events.queue.timer(Duration.ofHours(1), null);
        assertAllocatesNothing(() -> {
            knote.set(Duration.ZERO);
            takeOne();
        });
    }

    @Test
    void eventsThatAreGivenBack() throws Exception {
        events.queue.user(0, null).trigger();
        assertAllocatesNothing(() -> {
            assertEquals(1, events.queue.poll(batch));
            batch.clear();
        });
    }
}
