// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.KeventQueue;
import io.kevent.ProcessKnote;
import io.kevent.provider.queue.TestQueue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** The end of processes. */
class ProcessTest {
    private static final int ENDED_BY_KILL = 128 + 9;

    private TestQueue events;

    /** Ends with the status that it reads. */
    private Process process;

    @BeforeEach
    void open() throws IOException {
        events = new TestQueue();
        process = new ProcessBuilder("sh", "-c", "read status; exit $status").start();
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        events.close();
        process.destroyForcibly().waitFor();
    }

    private void end(int status) throws IOException {
        process.getOutputStream().write((status + "\n").getBytes());
        process.getOutputStream().close();
    }

    @Test
    void exitStatusIsTold() throws Exception {
        ProcessKnote knote = events.queue.process(process, 0, null);
        events.assertNothing();
        end(7);
        assertEquals(7, events.awaitEventOf(knote).data());
        events.assertNothing();
    }

    @Test
    void successIsTold() throws Exception {
        ProcessKnote knote = events.queue.process(process, 0, null);
        end(0);
        assertEquals(0, events.awaitEventOf(knote).data());
    }

    @Test
    void processThatWasKilledIsTold() throws Exception {
        ProcessKnote knote = events.queue.process(process, 0, null);
        process.destroyForcibly();
        assertEquals(ENDED_BY_KILL, events.awaitEventOf(knote).data());
    }

    @Test
    void processThatHasEndedAlreadyIsTold() throws Exception {
        end(9);
        process.waitFor();
        ProcessKnote knote = events.queue.process(process, 0, null);
        assertEquals(9, events.awaitEventOf(knote).data());
        events.assertNothing();
    }

    @Test
    void processThatWasToldIsToldAgainWhenItIsRegisteredAgain() throws Exception {
        end(3);
        events.queue.process(process, 0, null);
        assertEquals(3, events.awaitEvent().data());
        ProcessKnote again = events.queue.process(process, 0, null);
        assertEquals(3, events.awaitEventOf(again).data());
    }

    @Test
    void statusOfAHandleIsUnknown() throws Exception {
        ProcessKnote knote = events.queue.process(process.toHandle(), 0, null);
        assertEquals(process.toHandle(), knote.process());
        end(7);
        assertEquals(ProcessKnote.UNKNOWN_STATUS, events.awaitEventOf(knote).data());
    }

    @Test
    void handleOfAProcessThatHasEndedAlreadyIsTold() throws Exception {
        ProcessHandle handle = process.toHandle();
        end(7);
        process.waitFor();
        assertEquals(ProcessKnote.UNKNOWN_STATUS, events.awaitEventOf(events.queue.process(handle, 0, null)).data());
    }

    @Test
    void statusIsToldOfAProcessThatIsRegisteredByItsHandleAsWell() throws Exception {
        ProcessKnote knote = events.queue.process(process, 0, null);
        assertSame(knote, events.queue.process(process.toHandle(), 0, null));
        end(7);
        assertEquals(7, events.awaitEventOf(knote).data());
    }

    @Test
    void statusIsToldOfAProcessThatWasRegisteredByItsHandleBefore() throws Exception {
        ProcessKnote knote = events.queue.process(process.toHandle(), 0, null);
        assertSame(knote, events.queue.process(process, 0, null));
        end(7);
        assertEquals(7, events.awaitEventOf(knote).data());
        events.assertNothing();
    }

    @Test
    void statusThatIsGivenBackIsToldAgain() throws Exception {
        ProcessKnote knote = events.queue.process(process, 0, null);
        end(7);
        assertEquals(1, events.queue.take(events.batch));
        events.batch.clear();
        assertEquals(7, events.awaitEventOf(knote).data());
    }

    @Test
    void processWhoseStatusWasGivenBackIsTheSameKnote() throws Exception {
        ProcessKnote knote = events.queue.process(process, 0, null);
        end(7);
        assertEquals(1, events.queue.take(events.batch));
        events.batch.clear();
        assertSame(knote, events.queue.process(process, 0, "again"));
        assertEquals("again", events.awaitEventOf(knote).attachment());
        events.assertNothing();
    }

    @Test
    void statusIsToldOfAProcessThatHadEndedAndWasRegisteredByItsHandleBefore() throws Exception {
        ProcessKnote knote = events.queue.process(process.toHandle(), KeventQueue.DISABLED, null);
        end(7);
        process.waitFor();
        ((ProcessFilter.Source) knote).ended((int) ProcessKnote.UNKNOWN_STATUS, false);
        assertSame(knote, events.queue.process(process, 0, null));
        assertEquals(7, events.awaitEventOf(knote).data());
        events.assertNothing();
    }

    @Test
    void statusIsToldIfAForcedEventFromBeforeTheEndIsGivenBack() throws Exception {
        ProcessKnote knote = events.queue.process(process, 0, null);
        knote.forceOneshot();
        assertEquals(1, events.queue.take(events.batch));
        // as the JDK tells it, which would do so on another thread
        ((ProcessFilter.Source) knote).ended(3, true);
        events.batch.clear();
        assertEquals(3, events.awaitEventOf(knote).data());
    }

    @Test
    void currentProcessIsRefused() {
        assertThrows(IllegalStateException.class, () -> events.queue.process(ProcessHandle.current(), 0, null));
    }

    @Test
    void endOfAProcessIsAskedForOnceHoweverOftenItIsRegistered() {
        AtomicInteger asked = new AtomicInteger();
        Process counted = new OtherProcess(process) {
            @Override
            public CompletableFuture<Process> onExit() {
                asked.incrementAndGet();
                return super.onExit();
            }
        };
        ProcessKnote knote = events.queue.process(counted, 0, null);
        assertSame(knote, events.queue.process(counted, 0, null));
        assertEquals(1, asked.get());
    }

    /** The same process, by an object of its own. */
    private static class OtherProcess extends Process {
        private final Process process;

        OtherProcess(Process process) {
            this.process = process;
        }

        @Override
        public ProcessHandle toHandle() {
            return process.toHandle();
        }

        @Override
        public CompletableFuture<Process> onExit() {
            return process.onExit();
        }

        @Override
        public OutputStream getOutputStream() {
            return process.getOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return process.getInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return process.getErrorStream();
        }

        @Override
        public int waitFor() throws InterruptedException {
            return process.waitFor();
        }

        @Override
        public int exitValue() {
            return process.exitValue();
        }

        @Override
        public void destroy() {
            process.destroy();
        }
    }
}
