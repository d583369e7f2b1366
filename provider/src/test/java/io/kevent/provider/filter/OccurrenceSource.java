// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.EventKind;
import io.kevent.KeventQueue;
import io.kevent.Knote;
import io.kevent.TimerKnote;
import io.kevent.UserKnote;
import io.kevent.provider.queue.TestQueue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import static java.nio.channels.SelectionKey.OP_READ;

/** Sources that consist of occurrences. */
abstract class OccurrenceSource extends SourceUnderTest {
    /** Later than any test ends. */
    private static final Duration NEVER = Duration.ofHours(1);

    private OccurrenceSource(String name, EventKind kind) {
        super(name, kind, 0);
    }

    @Override
    int meaninglessFlag() {
        return OP_READ;
    }

    @Override
    public void close() throws IOException { }

    /** How a knote is made. */
    private interface Maker<K> {
        K make(KeventQueue queue, int flags, Object attachment);
    }

    /** A source for each registration, which the program makes happen by a method of its knote. */
    private static <K extends Knote> OccurrenceSource ofTheProgram(String name, EventKind kind, Maker<K> maker, Consumer<K> happening) {
        List<K> knotes = new ArrayList<>();
        return new OccurrenceSource(name, kind) {
            @Override
            Knote register(KeventQueue queue, int flags, Object attachment) {
                K knote = maker.make(queue, flags, attachment);
                knotes.add(knote);
                return knote;
            }

            @Override
            void happen() {
                knotes.stream().filter(Knote::isValid).forEach(happening);
            }
        };
    }

    static OccurrenceSource user() {
        return ofTheProgram("user event", EventKind.USER, KeventQueue::user, UserKnote::trigger);
    }

    static OccurrenceSource timer() {
        return ofTheProgram("timer", EventKind.TIMER, (queue, flags, attachment) -> queue.timer(NEVER, null, flags, attachment),
                knote -> knote.set(Duration.ZERO));
    }

    static OccurrenceSource periodicTimer() {
        return ofTheProgram("periodic timer", EventKind.TIMER, (queue, flags, attachment) -> queue.timer(NEVER, NEVER, flags, attachment),
                knote -> knote.set(Duration.ZERO, NEVER));
    }

    static OccurrenceSource wallClock() {
        return ofTheProgram("wall clock", EventKind.TIMER,
                (queue, flags, attachment) -> queue.timer(Instant.now().plus(NEVER), null, flags, attachment), (TimerKnote knote) ->
                knote.set(Instant.now(), null));
    }

    static OccurrenceSource signal() throws ReflectiveOperationException {
        OwnSignalHandler handler = new OwnSignalHandler("WINCH");
        return new OccurrenceSource("signal", EventKind.SIGNAL) {
            @Override
            Knote register(KeventQueue queue, int flags, Object attachment) {
                return queue.signal("WINCH", flags, attachment);
            }

            @Override
            void happen() throws ReflectiveOperationException {
                handler.raise();
            }

            @Override
            public void close() {
                handler.close();
            }
        };
    }

    /** Happens once. */
    static OccurrenceSource process() throws IOException {
        Process process = new ProcessBuilder("cat").start();
        TestQueue observer = new TestQueue();
        observer.queue.process(process, 0, null);
        return new OccurrenceSource("process", EventKind.PROCESS) {
            @Override
            Knote register(KeventQueue queue, int flags, Object attachment) {
                return queue.process(process, flags, attachment);
            }

            @Override
            void happen() throws IOException, InterruptedException {
                process.getOutputStream().close();
                observer.awaitEvent();
            }

            @Override
            public void close() throws IOException {
                observer.close();
                process.getOutputStream().close();
                process.onExit().join();
                process.getInputStream().close();
                process.getErrorStream().close();
            }
        };
    }
}
