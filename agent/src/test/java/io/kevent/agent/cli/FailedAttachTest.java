// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import com.sun.tools.attach.VirtualMachine;
import io.kevent.programs.BreakingAgent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What is left of an installation that failed, as where another agent is in the way. */
class FailedAttachTest {
    private static final String ON = "KeventSelector selected 1";
    private static final String OFF = "EPollSelectorImpl selected 1";

    /** Stands in what is woven. */
    private static final String WOVEN = "KeventHook";

    @TempDir
    private Path directory;

    private void load(TargetJvm jvm, String text) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(jvm.pid()));
        try {
            machine.loadAgent(AgentJar.of(BreakingAgent.class, directory).toString(), text);
        } finally {
            machine.detach();
        }
    }

    private boolean isWoven(TargetJvm jvm) throws Exception {
        load(jvm, WOVEN);
        return Boolean.parseBoolean(jvm.ask("get found"));
    }

    @Test
    void nothingIsWovenLaterWhereItCouldNotBeWoven() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            // what is to be broken is loaded already
            assertEquals(OFF, jvm.ask("select"));
            load(jvm, null);
            jvm.ask("set break now");
            Cli.run("attach", jvm.pid(), "log=off").assertFails(1, "kevent could not be attached: the JVM refuses to change one of .*SelectionKeyImpl.*:"
                    + " see whether another agent changes it too, because java\\.lang\\.\\S+.*");
            assertEquals("null", jvm.ask("get io.kevent.agent"));
            jvm.ask("set break no");
            assertEquals(false, isWoven(jvm));
            assertEquals(OFF, jvm.ask("select"));
            Cli.run("attach", jvm.pid(), "log=off").assertDone("kevent \\S+ is attached.*");
            assertEquals(true, isWoven(jvm));
            assertEquals(ON, jvm.ask("select"));
        }
    }

    @Test
    void anotherProviderStays() throws Exception {
        try (TargetJvm jvm = TargetJvm.start("-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.PollSelectorProvider")) {
            Cli.run("attach", jvm.pid(), "log=off").assertFails(1, "kevent could not be attached: this JVM has a selector provider of its own,"
                    + " sun.nio.ch.PollSelectorProvider \\(system property java.nio.channels.spi.SelectorProvider\\).*");
            assertEquals("PollSelectorImpl selected 1", jvm.ask("select"));
        }
    }

    @Test
    void selectorsOfTheSelfTestLeaveNoBean() throws Exception {
        try (TargetJvm jvm = TargetJvm.start()) {
            String question = "bean io.kevent:type=Selectors Version";
            // JMX is up from here on
            assertEquals("none", jvm.ask(question));
            jvm.ask("refuse io.kevent.agent");
            Cli.run("attach", jvm.pid(), "log=off").assertFails(1, "kevent could not be attached: io.kevent.agent cannot be set");
            assertEquals("none", jvm.ask(question));
            assertEquals(OFF, jvm.ask("select"));
        }
    }

    @Test
    void whatCannotBeUndoneIsShownAndFinishedByDetach() throws Exception {
        try (TargetJvm jvm = TargetJvm.startBy(List.of("sh", "-c", "ulimit -n 256 && exec \"$@\"", "sh"))) {
            load(jvm, null);
            // loads all there is to load: without descriptors it could fail earlier
            Cli.run("attach", jvm.pid(), "log=off").assertDone(".*");
            Cli.run("detach", jvm.pid()).assertDone(".*");
            jvm.ask("set break next");
            Cli.run("attach", jvm.pid(), "log=off").assertFails(1,
                    "kevent could not be attached: .*; what was installed could not be taken off wholly and is to be detached: .*");
            assertEquals("now", jvm.ask("get break"));
            assertEquals(OFF, jvm.ask("select"));
            assertEquals("detaching", ListTest.listed(jvm).get("kevent").getAsString());
            Cli.run("attach", jvm.pid()).assertFails(1, "kevent \\S+ is being taken off since \\S+: detach again to finish that, then attach");
            Cli.run("detach", jvm.pid()).assertFails(1, "kevent could not be taken off wholly: .*");
            jvm.ask("set break no");
            Cli.run("detach", jvm.pid()).assertDone("kevent is taken off: .*");
            assertEquals(false, isWoven(jvm));
            Cli.run("attach", jvm.pid(), "log=off").assertDone("kevent \\S+ is attached.*");
            assertEquals(ON, jvm.ask("select"));
        }
    }
}
