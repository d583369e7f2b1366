// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.SignalKnote;
import io.kevent.provider.queue.Background;
import io.kevent.provider.queue.DeletingThread;
import io.kevent.provider.queue.TestQueue;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Signals of the process. Those that would end it are in {@link SignalInAJvmTest}. */
class SignalTest {
    private static final String SIGNAL = "URG";
    private static final int ROUNDS = 1000;

    private TestQueue events;
    private OwnSignalHandler own;

    @BeforeEach
    void open() throws IOException, ReflectiveOperationException {
        events = new TestQueue();
        own = new OwnSignalHandler(SIGNAL);
    }

    @AfterEach
    void close() throws IOException {
        events.close();
        own.close();
    }

    @Test
    void signalsAreCounted() throws Exception {
        SignalKnote knote = events.queue.signal(SIGNAL, 0, null);
        for (int i = 0; i < 3; i++) {
            own.raise();
        }
        assertEquals(3, events.awaitEventOf(knote).data());
        own.raise();
        assertEquals(1, events.awaitEventOf(knote).data());
        events.assertNothing();
    }

    @Test
    void signalsThatCameWhileItWasDisabledAreCounted() throws Exception {
        SignalKnote knote = events.queue.signal(SIGNAL, 0, null);
        knote.disable();
        own.raise();
        own.raise();
        events.assertNothing();
        knote.enable();
        assertEquals(2, events.awaitEventOf(knote).data());
    }

    @Test
    void countThatIsGivenBackIsAddedToWhatCameSince() throws Exception {
        SignalKnote knote = events.queue.signal(SIGNAL, 0, null);
        own.raise();
        assertEquals(1, events.queue.poll(events.batch));
        own.raise();
        events.batch.clear();
        assertEquals(2, events.awaitEventOf(knote).data());
    }

    @Test
    void signalOfAnotherProcessIsTold() throws Exception {
        SignalKnote knote = events.queue.signal(SIGNAL, 0, null);
        new ProcessBuilder("kill", "-" + SIGNAL, Long.toString(ProcessHandle.current().pid())).inheritIO().start().waitFor();
        assertEquals(1, events.awaitEventOf(knote).data());
    }

    @Test
    void handlerOfTheProgramRunsAsWell() throws Exception {
        events.queue.signal(SIGNAL, 0, null);
        own.raise();
        assertEquals(1, own.handled());
    }

    @Test
    void handlerOfTheProgramIsPutBackByDelete() throws Exception {
        SignalKnote knote = events.queue.signal(SIGNAL, 0, null);
        knote.delete();
        assertTrue(own.isInPlace());
        own.raise();
        assertEquals(1, own.handled());
    }

    @Test
    void handlerOfTheProgramIsPutBackByClose() throws Exception {
        events.queue.signal(SIGNAL, 0, null);
        events.close();
        assertTrue(own.isInPlace());
    }

    @Test
    void handlerOfTheProgramIsPutBackByCloseThoughAnotherThreadIsAboutToDeleteTheKnote() throws Exception {
        DeletingThread.begin(events.queue.signal(SIGNAL, 0, null));
        events.close();
        assertTrue(own.isInPlace());
    }

    @Test
    void handlerOfTheProgramIsPutBackThoughTheSignalWasRegisteredWhileAnotherThreadDeletedTheKnote() throws Exception {
        SignalKnote deleted = events.queue.signal(SIGNAL, 0, null);
        DeletingThread.begin(deleted);
        assertNotSame(deleted, events.queue.signal(SIGNAL, 0, null));
        events.close();
        assertTrue(own.isInPlace());
    }

    @Test
    void handlerOfTheProgramIsPutBackByTheLastOfTwoQueues() throws Exception {
        try (TestQueue others = new TestQueue()) {
            others.queue.signal(SIGNAL, 0, null);
            SignalKnote knote = events.queue.signal(SIGNAL, 0, null);
            knote.delete();
            own.raise();
            assertEquals(1, others.awaitEvent().data());
            events.assertNothing();
        }
        assertTrue(own.isInPlace());
    }

    @Test
    void handlerThatTheProgramInstallsMeanwhileStays() throws Exception {
        SignalKnote knote = events.queue.signal(SIGNAL, 0, null);
        try (OwnSignalHandler newer = new OwnSignalHandler(SIGNAL)) {
            knote.delete();
            assertTrue(newer.isInPlace());
        }
    }

    @Test
    void handlerOfTheProgramMissesNoSignalWhileKnotesComeAndGo() throws Exception {
        Background<Void> raising = Background.start(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                own.raise();
            }
            return null;
        });
        while (!raising.isDone()) {
            events.queue.signal(SIGNAL, 0, null).delete();
        }
        raising.result();
    }

    @Test
    void allSpellingsAreTheSameKnote() {
        SignalKnote knote = events.queue.signal(SIGNAL, 0, null);
        assertSame(knote, events.queue.signal("SIGURG", 0, null));
        assertSame(knote, events.queue.signal("urg", 0, null));
        assertEquals(SIGNAL, knote.signal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONSENSE", "", "KILL", "STOP", "SEGV"})
    void signalThatCannotBeWatchedIsRefusedByName(String name) throws Exception {
        String message = assertThrows(IllegalArgumentException.class, () -> events.queue.signal(name, 0, null)).getMessage();
        assertTrue(message.contains(name) && message.contains("kill -l"), message);
        // nothing was left behind that keeps the others from being watched
        SignalKnote knote = events.queue.signal(SIGNAL, 0, null);
        own.raise();
        events.awaitEventOf(knote);
    }
}
