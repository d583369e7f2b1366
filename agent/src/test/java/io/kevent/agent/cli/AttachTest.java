// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import com.sun.tools.attach.VirtualMachine;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** attach and detach. */
class AttachTest {
    private static final String ON = "KeventSelector selected 1";
    private static final String OFF = "EPollSelectorImpl selected 1";
    private static final String SINCE = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    @Test
    void selectorsOpenedAfterAttachAreOfKeventAndAfterDetachOfTheJdkAgain() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            for (int round = 0; round < 3; round++) {
                assertEquals(OFF, jvm.ask("select"));
                Cli.run("attach", jvm.pid(), "log=off", Cli.SOON_GONE)
                        .assertDone("kevent \\S+ is attached \\(" + SINCE + ", log=off, required=false, accept=all\\)");
                assertEquals(ON, jvm.ask("select"));
                Cli.run("detach", jvm.pid(), Cli.SOON_GONE).assertDone("kevent is taken off: selectors opened from now on are the JDK's, 0 that it opened before are given"
                        + " back to it, and 0 of kevent's own stay on kevent until they are closed");
            }
            assertEquals(OFF, jvm.ask("select"));
            jvm.await("left", "0 replies, 0 threads");
            jvm.end();
            assertEquals(List.of(), jvm.said());
        }
    }

    @Test
    void attachAndDetachAreLoggedByTheJvm() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            Cli.run("attach", jvm.pid());
            Cli.run("detach", jvm.pid());
            jvm.end();
            List<String> said = jvm.said();
            assertEquals(4, said.size(), said::toString);
            assertTrue(said.get(1).matches("INFO: kevent \\S+ is installed: .*epoll.*\\(log=info, required=false, accept=all\\)\\."), said::toString);
            assertTrue(said.get(3).matches("INFO: kevent \\S+ is taken off: .*"), said::toString);
        }
    }

    @Test
    void whoHoldsTheProviderGetsSelectorsOfTheJdkAfterDetach() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            Cli.run("attach", jvm.pid(), "log=off");
            jvm.ask("hold-provider");
            assertEquals("KeventSelector", jvm.ask("keep-of-held"));
            Cli.run("detach", jvm.pid());
            assertEquals("EPollSelectorImpl", jvm.ask("keep-of-held"));
        }
    }

    @Test
    void selectorsOfAProviderThatWasHeldAreTakenOverByTheNextAttach() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            Cli.run("attach", jvm.pid(), "log=off");
            jvm.ask("hold-provider");
            Cli.run("detach", jvm.pid());
            Cli.run("attach", jvm.pid(), "log=off");
            assertEquals("EPollSelectorImpl", jvm.ask("keep-of-held"));
            List<String> status = Cli.run("status", jvm.pid()).out();
            assertEquals(1, status.stream().filter(line -> line.matches(" *\\d+ +adopted .*")).count(), status::toString);
            assertEquals(0, status.stream().filter(line -> line.startsWith("note:")).count(), status::toString);
        }
    }

    @Test
    void whatIsDoneIsDoneThoughTheLoggerIsBroken() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            jvm.ask("break-logger io.kevent");
            Cli.run("attach", jvm.pid()).assertDone("kevent \\S+ is attached.*");
            assertEquals(ON, jvm.ask("select"));
            Cli.run("detach", jvm.pid()).assertDone("kevent is taken off: .*");
            jvm.end();
            List<String> said = jvm.said();
            String broken = " This could not be logged: java.lang.IllegalStateException: the logger is broken";
            assertEquals(2, said.size(), said::toString);
            assertTrue(said.get(0).matches("kevent \\S+ is installed: .*" + broken), said::toString);
            assertTrue(said.get(1).matches("kevent \\S+ is taken off: .*" + broken), said::toString);
        }
    }

    @Test
    void whatIsAttachedAlreadyStaysAsItIs() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            Cli.run("attach", jvm.pid(), "log=off,accept=wake-one");
            String already = "kevent \\S+ is attached \\(" + SINCE + ", log=off, required=false, accept=wake-one\\) already";
            Cli.run("attach", jvm.pid()).assertDone(already);
            Cli.run("attach", jvm.pid(), "accept=wake-one,log=off").assertDone(already);
            Cli.run("attach", jvm.pid(), "log=off").assertFails(1, already + ": detach it to attach it with other options");
            assertEquals(ON, jvm.ask("select"));
        }
    }

    @Test
    void agentOfTheStartIsThereAlreadyAndCanBeTakenOff() throws Exception {
        try (TargetJvm jvm = TargetJvm.start("-javaagent:" + Cli.JAR + "=log=off")) {
            Cli.run("attach", jvm.pid()).assertDone("kevent \\S+ is installed since the start of the JVM \\(.*\\) already");
            Cli.run("detach", jvm.pid()).assertDone("kevent is taken off.*");
            assertEquals(OFF, jvm.ask("select"));
            Cli.run("attach", jvm.pid(), "log=off").assertDone("kevent \\S+ is attached.*");
            assertEquals(ON, jvm.ask("select"));
        }
    }

    @Test
    void thereMayBeNothingToDetach() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            String nothing = "kevent is not attached: there is nothing to take off";
            Cli.run("detach", jvm.pid()).assertDone(nothing);
            assertEquals("null", jvm.ask("get io.kevent.agent"));
            Cli.run("attach", jvm.pid(), "log=off");
            Cli.run("detach", jvm.pid());
            Cli.run("detach", jvm.pid()).assertDone(nothing);
        }
    }

    @Test
    void providerOfTheClassPathCannotBeDetached() throws Exception {
        try (TargetJvm jvm = TargetJvm.startWithProvider(Cli.JAR)) {
            Cli.run("detach", jvm.pid()).assertFails(1, "kevent was put into this JVM by -Djava.nio.channels.spi.SelectorProvider: only a restart .*");
            assertEquals(ON, jvm.ask("select"));
        }
    }

    @Test
    void providerOfTheClassPathStaysWhenTheAgentIsTakenOff() throws Exception {
        try (TargetJvm jvm = TargetJvm.startWithProvider(Cli.JAR)) {
            Cli.run("attach", jvm.pid(), "log=off").assertDone("kevent \\S+ is attached.*");
            assertEquals("log=off, required=false, accept=all", jvm.ask("bean io.kevent:type=Selectors Options"));
            Cli.run("detach", jvm.pid()).assertFails(1,
                    "the agent is taken off \\(selectors opened from now on are kevent's by the system property and .*\\), but"
                    + " kevent was put into this JVM by -Djava.nio.channels.spi.SelectorProvider: only a restart without it takes it off");
            assertEquals(ON, jvm.ask("select"));
            assertEquals("null", jvm.ask("bean io.kevent:type=Selectors Options"));
        }
    }

    @Test
    void whereItCannotRunTheJvmGoesOnAsItWasThoughItIsRequired() throws Exception {
        try (TargetJvm jvm = TargetJvm.start("-Dos.name=Plan 9")) {
            Cli.run("attach", jvm.pid(), "required=true,log=off")
                    .assertFails(1, "kevent could not be attached: kevent runs on Linux and this is Plan 9");
            assertEquals(OFF, jvm.ask("select"));
            assertEquals("null", jvm.ask("get io.kevent.agent"));
            jvm.end();
        }
    }

    @Test
    void otherToolsAttachWithPlainOptionsOrNone() throws Exception {
        for (String options : new String[] {"log=off", null}) {
            try (TargetJvm jvm = TargetJvm.start()) {
                load(jvm, options);
                assertEquals(ON, jvm.ask("select"));
                assertEquals("0 replies, 0 threads", jvm.ask("left"));
            }
        }
    }

    @Test
    void otherToolsFindInTheLogWhyItWasNotAttached() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            load(jvm, "lg=off");
            assertEquals(OFF, jvm.ask("select"));
            jvm.end();
            List<String> said = jvm.said();
            assertEquals(2, said.size(), said::toString);
            assertTrue(said.get(1).matches("WARNING: kevent could not be attached: unknown option of the kevent agent: lg, did you mean log\\? .*"),
                    said::toString);
        }
    }

    @Test
    void whyItCouldNotBeAttachedIsLoggedByTheJvm() throws Exception {
        String sentence = "WARNING: kevent could not be attached: kevent runs on Linux and this is Plan 9; the JVM is as it was.";
        assertEquals(List.of(sentence), saidOfAFailedAttach("log=warning"));
        List<String> withStack = saidOfAFailedAttach("log=debug");
        assertEquals(List.of(sentence, "java.lang.IllegalStateException: kevent runs on Linux and this is Plan 9"), withStack.subList(0, 2));
        assertTrue(withStack.get(2).startsWith("\tat "), withStack::toString);
        assertEquals(List.of(), saidOfAFailedAttach("log=off"));
    }

    private static List<String> saidOfAFailedAttach(String options) throws Exception {
        try (TargetJvm jvm = TargetJvm.start("-Dos.name=Plan 9", "-Djava.util.logging.SimpleFormatter.format=%4$s: %5$s%6$s%n")) {
            Cli.run("attach", jvm.pid(), options).assertFails(1, "kevent could not be attached: kevent runs on Linux and this is Plan 9");
            jvm.end();
            return jvm.said();
        }
    }

    @Test
    void jvmThatDoesNotCatchSignalsIsAttachedToByItsSocket() throws Exception {
        try (TargetJvm jvm = TargetJvm.start("-Xrs")) {
            jvm.awaitSocket();
            Cli.run("attach", jvm.pid(), "log=off").assertDone("kevent \\S+ is attached.*");
            assertEquals(ON, jvm.ask("select"));
        }
    }

    private static void load(TargetJvm jvm, String options) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(jvm.pid()));
        try {
            machine.loadAgent(Cli.JAR, options);
        } finally {
            machine.detach();
        }
    }
}
