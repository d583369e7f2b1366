// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import io.kevent.provider.kernel.JdkKernel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A selector that spins is noticed, and what causes it is named. */
class SpinTest {
    /** Selects among which a spin must be noticed; one run may fail if the machine stalls in the midst of it. */
    private static final int ENOUGH = 20;

    /** Held here: the log manager holds loggers weakly. */
    private final Logger logger = Logger.getLogger("io.kevent");
    private final List<LogRecord> log = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            assertFalse(Thread.holdsLock(watched.selector), "logged with the selector's lock held");
            log.add(record);
        }

        @Override
        public void flush() { }

        @Override
        public void close() { }
    };
    private WatchedSelector watched;

    /** What a thread does in vain. */
    private interface Round {
        int select() throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        watched = new WatchedSelector();
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void close() throws IOException {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
        watched.close();
    }

    private void spin(SpinCause cause, int expected, Round round) throws IOException {
        for (int i = 0; i < ENOUGH * cause.run && watched.figures().spin().count() == 0; i++) {
            // looked at now and then: to take the figures is slow
            for (int n = 0; n < cause.run / 4; n++) {
                assertEquals(expected, round.select());
            }
        }
        assertEquals(1, watched.figures().spin().count(), "not noticed");
    }

    private void assertReported(String... parts) {
        String cause = watched.figures().spin().cause();
        for (String part : parts) {
            assertTrue(cause.contains(part), () -> part + " is not in: " + cause);
        }
        assertEquals(1, log.size());
        assertEquals(Level.WARNING, log.get(0).getLevel());
        assertTrue(log.get(0).getMessage().endsWith(cause), () -> log.get(0).getMessage());
    }

    @Test
    void keyThatStaysInTheSelectedKeySet() throws IOException {
        watched.write();
        assertEquals(1, watched.selector.select());
        spin(SpinCause.KEPT_SELECTED, 0, () -> watched.selector.select());
        assertReported("stays in the selected-key set", watched.key.channel().toString(), "interest OP_READ");
    }

    @Test
    void interruptedThread() throws IOException {
        try {
            spin(SpinCause.INTERRUPTED, 0, () -> {
                Thread.currentThread().interrupt();
                return watched.selector.select();
            });
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertReported("interrupt status", Thread.currentThread().getName());
    }

    @Test
    void interruptedVirtualThread() throws Exception {
        assumeTrue(Runtime.version().feature() >= 24, "virtual threads that select without their carrier came with JDK 24");
        FutureTask<Void> spinning = new FutureTask<>(() -> {
            spin(SpinCause.INTERRUPTED, 0, () -> {
                Thread.currentThread().interrupt();
                return watched.selector.select();
            });
            return null;
        });
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, spinning);
        spinning.get(60, TimeUnit.SECONDS);
        assertReported("interrupt status");
    }

    @Test
    void threadThatWakesItselfUp() throws IOException {
        spin(SpinCause.WOKEN, 0, () -> watched.selector.wakeup().select());
        assertReported(Thread.currentThread().getName(), "itself wakes");
    }

    @Test
    void threadThatIsWokenUpByAnother() throws Exception {
        // in turns, so that each select has a wake-up before it
        SynchronousQueue<Boolean> turns = new SynchronousQueue<>();
        Thread waker = new Thread(() -> {
            try {
                while (turns.take()) {
                    watched.selector.wakeup();
                    turns.put(true);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }, "the waker");
        waker.start();
        try {
            spin(SpinCause.WOKEN, 0, () -> {
                try {
                    turns.put(true);
                    turns.take();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return watched.selector.select();
            });
        } finally {
            turns.put(false);
            waker.join();
        }
        assertReported("woken up before each select", "the waker");
    }

    @Test
    void keyOfAChannelThatIsHungUp() throws IOException {
        watched.pipe.sink().close();
        spin(SpinCause.HUNG_UP, 1, () -> watched.selector.select(key -> { }));
        assertReported("hung up", watched.key.channel().toString(), "HUP");
    }

    @Test
    void kernelThatTellsWhatNobodyWaitsFor() throws IOException {
        watched.close();
        DeafKernel kernel = new DeafKernel(JdkKernel.INSTANCE);
        watched = new WatchedSelector(kernel);
        watched.write();
        assertEquals(1, watched.selector.select(key -> { }));
        watched.key.interestOps(0);
        // one select, which finds nothing but that all the time
        kernel.stopListening(ENOUGH * SpinCause.UNWANTED.run, watched.selector::wakeup);
        assertEquals(0, watched.selector.select());
        assertEquals(1, watched.figures().spin().count());
        assertReported("not interested in", watched.key.channel().toString(), "interest 0", "events IN");
    }

    @Test
    void spinThatGoesOnIsReportedOnce() throws IOException {
        watched.write();
        assertEquals(1, watched.selector.select());
        spin(SpinCause.KEPT_SELECTED, 0, () -> watched.selector.select());
        for (int i = 0; i < 3 * SpinCause.KEPT_SELECTED.run; i++) {
            assertEquals(0, watched.selector.select());
        }
        assertEquals(1, watched.figures().spin().count());
        assertEquals(1, log.size());
    }

    @Test
    void spinThatComesAgainIsCountedAndNotLoggedAtOnce() throws IOException {
        watched.write();
        for (int i = 0; i < ENOUGH * SpinCause.KEPT_SELECTED.run && watched.figures().spin().count() < 2; i++) {
            watched.selector.selectedKeys().clear();
            assertEquals(1, watched.selector.select());
            for (int n = 0; n < SpinCause.KEPT_SELECTED.run; n++) {
                assertEquals(0, watched.selector.select());
            }
        }
        assertEquals(2, watched.figures().spin().count());
        assertEquals(1, log.size());
    }

    @Test
    void keyThatIsSelectedEndsTheRun() throws IOException {
        watched.write();
        assertEquals(1, watched.selector.select());
        assertEquals(0, watched.selector.select());
        assertEquals(1, watched.figures().spin().run());
        watched.selector.selectedKeys().clear();
        assertEquals(1, watched.selector.select());
        assertEquals(0, watched.figures().spin().run());
    }

    @Test
    void readyKeyThatIsServedIsNoSpin() throws IOException {
        for (int i = 0; i < 2 * SpinCause.HUNG_UP.run; i++) {
            watched.write();
            assertEquals(1, watched.selector.select(key -> { }));
            watched.read();
        }
        assertEquals(new SpinFigures(0, 0, null), watched.figures().spin());
    }

    @Test
    void selectNowIsNoSpinThoughItFindsNothing() throws IOException {
        for (int i = 0; i < 2 * SpinCause.WOKEN.run; i++) {
            assertEquals(0, watched.selector.wakeup().selectNow());
        }
        assertEquals(new SpinFigures(0, 0, null), watched.figures().spin());
    }

    @Test
    void dataLeftInAPipeWhoseWriterIsGoneIsNoSpin() throws IOException {
        int bytes = SpinCause.HUNG_UP.run / 2;
        assertEquals(bytes, watched.pipe.sink().write(ByteBuffer.allocate(bytes)));
        watched.pipe.sink().close();
        for (int i = 0; i < bytes; i++) {
            assertEquals(1, watched.selector.select(key -> { }));
            watched.read();
        }
        assertEquals(0, watched.figures().spin().count());
    }
}
