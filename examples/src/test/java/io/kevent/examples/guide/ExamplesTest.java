// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.guide;

import io.kevent.examples.support.Bounded;
import io.kevent.examples.support.Leftovers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Each example of the guide ends by itself, says what it is to say, and leaves nothing behind. */
class ExamplesTest {
    private final PrintStream standardOutput = System.out;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private interface Example {
        void main(String[] arguments) throws Exception;
    }

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void listenNoMore() {
        System.setOut(standardOutput);
    }

    private void assertSays(Example example, List<String> lines, String... arguments) throws Exception {
        FutureTask<Void> run = new FutureTask<>(() -> {
            example.main(arguments);
            return null;
        });
        Thread thread = new Thread(run, "example");
        thread.setDaemon(true);
        thread.start();
        run.get(Bounded.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertEquals(lines, said.toString(StandardCharsets.UTF_8).lines().toList());
        Leftovers.assertNoThread("kevent-");
    }

    @Test
    void channelsAreEchoed() throws Exception {
        assertSays(ChannelExample::main, List.of("hello", "again", "a worker ends", "a worker ends"));
    }

    @Test
    void timersRunOut() throws Exception {
        assertSays(TimerExample::main, List.of("time is up", "three periods", "daily, not before its time"));
    }

    @Test
    void triggersAreMerged() throws Exception {
        assertSays(UserExample::main, List.of("reload: value 2, flags 3", "more: 0"));
    }

    /** Not by its default, which a build in the background may ignore. */
    @Test
    void aSignalComes() throws Exception {
        assertSays(SignalExample::main, List.of("WINCH came 1 time: read the configuration again"), "WINCH");
    }

    @Test
    void aNamedPipeOutlivesItsWriters() throws Exception {
        assertSays(FifoExample::main, List.of("reload", "the last writer has closed it", "stop"));
    }

    @Test
    void aPathIsCreatedModifiedAndDeleted() throws Exception {
        assertSays(PathExample::main, List.of("it is there", "it has changed", "it is gone"));
    }

    @Test
    void processesEnd() throws Exception {
        assertSays(ProcessExample::main, List.of("child has ended, status 3", "other has ended, status unknown"));
    }

    @Test
    void prioritiesAreKept() throws Exception {
        assertSays(PriorityExample::main, List.of("shutdown", "request", "statistics"));
    }

    @Test
    void aBlockedThreadGivesItsPlaceToAnother() throws Exception {
        assertSays(ConcurrencyExample::main, List.of("answered while the first thread was blocked"));
    }

    @Test
    void whatIsHandledIsTornDownSafely() throws Exception {
        assertSays(TeardownExample::main, List.of("torn down by the worker", "torn down by the caller"));
    }

    @Test
    void whatWasNotComeToIsGivenBack() throws Exception {
        assertSays(GivingBackExample::main, List.of("taken: 3", "handled: one", "taken again: 2"));
    }
}
