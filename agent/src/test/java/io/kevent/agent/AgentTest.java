// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import io.kevent.programs.ForeignOptionProgram;
import io.kevent.programs.OtherProgram;
import io.kevent.programs.ProviderProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The agent at the start of a JVM. */
class AgentTest {
    private static final String APPLICATIONS_PROVIDER = ProviderProgram.ApplicationsProvider.class.getName();

    @Test
    void ordinaryProgramRunsOnKeventAndTheJvmSaysNothing() throws Exception {
        AgentJvm jvm = AgentJvm.run(SelectProgram.class, "=log=off");
        assertEquals(List.of("KeventSelector selected 1"), jvm.output);
        assertEquals(0, jvm.exitCode);
    }

    @Test
    void installationIsLoggedInOneLineWithVersionAndOptions() throws Exception {
        AgentJvm jvm = AgentJvm.run(SelectProgram.class, "");
        assertEquals(3, jvm.output.size(), jvm::toString);
        assertTrue(jvm.output.get(1).matches("INFO: kevent \\S+ is installed: .*epoll.*\\(log=info, required=false, accept=all\\)\\."), jvm::toString);
    }

    @Test
    void plainRegisterTakesOptionsUntilAllIsUndone() throws Exception {
        AgentJvm jvm = AgentJvm.run(OptionProgram.class, "=log=off");
        assertEquals(List.of(
                "KeventSelector OP_READ | OP_EDGE attached selected 1 0",
                "undone true",
                "undone false",
                "EPollSelectorImpl refused selected 1 1",
                "KeventSelector refused selected 1 1"), jvm.output);
        assertEquals(0, jvm.exitCode);
    }

    @Test
    void readsAreSeenHoweverTheyAreMadeAndEnd() throws Exception {
        assertEquals(List.of(
                "at first: selected 1, questions 0",
                "unread: selected 1, questions 0",
                "read: selected 0, questions 0",
                "read into several buffers: selected 0, questions 1",
                "after a read that threw: selected 1, questions 0",
                "undone true",
                "read unseen: selected 0"), AgentJvm.run(ReadProgram.class, "=log=off", "-Dio.kevent.jmx=true").output);
    }

    @Test
    void optionsOnASelectorOfTheJdkAreRefusedByName() throws Exception {
        assertEquals(List.of(
                "OP_EDGE is not accepted by sun.nio.ch.EPollSelectorImpl: open the selector with kevent installed",
                "OP_ONESHOT is not accepted by a key of sun.nio.ch.EPollSelectorImpl: open the selector with kevent installed",
                "OP_DISPATCH is not accepted by a key of sun.nio.ch.EPollSelectorImpl: open the selector with kevent installed",
                "1 false"), AgentJvm.run(ForeignOptionProgram.class, "=log=off,exclude=*.ForeignOptionProgram").output);
    }

    @Test
    void unknownOptionStopsTheJvmWithTheNearestKnownName() throws Exception {
        AgentJvm jvm = AgentJvm.run(SelectProgram.class, "=log=off,requierd=true");
        assertEquals(List.of("unknown option of the kevent agent: requierd, did you mean required? (known: log, required, accept, include, exclude)"),
                jvm.output);
        assertEquals(1, jvm.exitCode);
    }

    @Test
    void badValueStopsTheJvmAndTheValuesAreNamed() throws Exception {
        AgentJvm jvm = AgentJvm.run(SelectProgram.class, "=accept=one");
        assertEquals(List.of("bad option of the kevent agent: Invalid value for option 'accept': expected one of [all, wake-one] but was 'one'"), jvm.output);
        assertEquals(1, jvm.exitCode);
    }

    @Test
    void excludedCodeGetsTheSelectorsOfTheJdk() throws Exception {
        assertEquals(List.of("EPollSelectorImpl selected 1"), AgentJvm.run(OtherProgram.class, "=log=off,exclude=*.other.*;*.OtherProgram").output);
        assertEquals(List.of("KeventSelector selected 1"), AgentJvm.run(OtherProgram.class, "=log=off,exclude=*.other.*").output);
    }

    @Test
    void codeThatIsNotIncludedGetsTheSelectorsOfTheJdk() throws Exception {
        assertEquals(List.of("EPollSelectorImpl selected 1"), AgentJvm.run(OtherProgram.class, "=log=off,include=org.example.*").output);
        assertEquals(List.of("KeventSelector selected 1"), AgentJvm.run(OtherProgram.class, "=log=off,include=org.example.*;*Program").output);
    }

    @Test
    void acceptIsWakeOneThoughTheInterestSetDoesNotSaySo() throws Exception {
        assertEquals(List.of("interest 16, watched exclusively true"), AgentJvm.run(AcceptProgram.class, "=log=off,accept=wake-one").output);
        assertEquals(List.of("interest 16, watched exclusively false"), AgentJvm.run(AcceptProgram.class, "=log=off").output);
    }

    @Test
    void whereItCannotRunTheJvmIsAsItWas() throws Exception {
        AgentJvm jvm = AgentJvm.run(SelectProgram.class, "", "-Dos.name=Plan 9");
        assertEquals("EPollSelectorImpl selected 1", jvm.output.get(jvm.output.size() - 1));
        assertTrue(jvm.output.contains("WARNING: kevent could not be installed: kevent runs on Linux and this is Plan 9; the JVM is as it was."),
                jvm::toString);
        assertEquals(0, jvm.exitCode);
    }

    @Test
    void whereItCannotRunButIsRequiredTheJvmStops() throws Exception {
        AgentJvm jvm = AgentJvm.run(SelectProgram.class, "=required=true", "-Dos.name=Plan 9");
        assertEquals("kevent could not be installed: kevent runs on Linux and this is Plan 9", jvm.output.get(jvm.output.size() - 1));
        assertEquals(1, jvm.exitCode);
    }

    @Test
    void providerThatTheApplicationNamesStays() throws Exception {
        AgentJvm jvm = AgentJvm.run(ProviderProgram.class, "", "-Djava.nio.channels.spi.SelectorProvider=" + APPLICATIONS_PROVIDER);
        assertTrue(jvm.output.contains("WARNING: kevent could not be installed: this JVM has a selector provider of its own, " + APPLICATIONS_PROVIDER
                + " (system property java.nio.channels.spi.SelectorProvider), with whose channels kevent's selectors do not go together: take out the one or the"
                + " other; the JVM is as it was."), jvm::toString);
        assertEquals("ApplicationsProvider", jvm.output.get(jvm.output.size() - 1), jvm::toString);
    }

    @Test
    void providerThatIsAServiceOfTheApplicationStays(@TempDir Path directory) throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve("java.nio.channels.spi.SelectorProvider"), APPLICATIONS_PROVIDER);
        AgentJvm jvm = AgentJvm.run(ProviderProgram.class, "=log=warning", "-Xbootclasspath/a:" + directory);
        assertTrue(jvm.output.stream().anyMatch(line -> line.contains(APPLICATIONS_PROVIDER + " (a service on the class path)")), jvm::toString);
        assertEquals("ApplicationsProvider", jvm.output.get(jvm.output.size() - 1), jvm::toString);
    }

    @Test
    void jdksOwnProviderMayBeNamed() throws Exception {
        AgentJvm jvm = AgentJvm.run(ProviderProgram.class, "=log=off", "-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider");
        assertEquals(List.of("KeventSelectorProvider"), jvm.output);
    }

    @Test
    void applicationChoosesItsLogManagerInMain() throws Exception {
        AgentJvm jvm = AgentJvm.run(LogManagerProgram.class, "=log=debug,accept=wake-one,exclude=org.example.*");
        assertEquals(List.of("main", "log manager made", "KeventSelector", "LogManagerProgram$Chosen"), jvm.said(), jvm::toString);
        assertEquals(1, jvm.output.stream().filter(line -> line.matches("INFO: kevent \\S+ is installed: .*")).count(), jvm::toString);
    }

    @Test
    void nothingIsLoggedWhereItIsOff() throws Exception {
        AgentJvm jvm = AgentJvm.run(LogManagerProgram.class, "=log=off");
        assertEquals(List.of("main", "KeventSelector", "log manager made", "LogManagerProgram$Chosen"), jvm.said(), jvm::toString);
        assertEquals(jvm.said().size(), jvm.output.size(), jvm::toString);
    }

    @Test
    void whatSelectorsSayIsNotLoggedWhereItIsOffUntilTheAgentIsTakenOff() throws Exception {
        AgentJvm jvm = AgentJvm.run(SpinProgram.class, "=log=off");
        assertEquals("spun", jvm.output.get(0), jvm::toString);
        assertTrue(jvm.output.get(2).startsWith("WARNING: "), jvm::toString);
        assertEquals("spun", jvm.output.get(3), jvm::toString);
    }

    @Test
    void whatSelectorsSayIsLoggedWhereWarningsAre() throws Exception {
        AgentJvm jvm = AgentJvm.run(SpinProgram.class, "=log=warning");
        assertTrue(jvm.output.get(1).startsWith("WARNING: "), jvm::toString);
        assertEquals("spun", jvm.output.get(2), jvm::toString);
        assertTrue(jvm.output.stream().noneMatch(line -> line.startsWith("INFO: ")), jvm::toString);
    }

    @Test
    void applicationChoosesItsLogManagerInMainThoughKeventCannotRun() throws Exception {
        AgentJvm jvm = AgentJvm.run(LogManagerProgram.class, "=log=debug", "-Dos.name=Plan 9");
        assertEquals(List.of("main", "EPollSelectorImpl", "log manager made", "LogManagerProgram$Chosen"), jvm.said(), jvm::toString);
        assertTrue(jvm.output.get(0).startsWith("WARNING: kevent could not be installed: "), jvm::toString);
    }

    @Test
    void applicationChoosesItsLogManagerInMainThoughJmxIsAskedFor() throws Exception {
        AgentJvm jvm = AgentJvm.run(LogManagerProgram.class, "", "-Dio.kevent.jmx=true");
        assertEquals(List.of("main", "log manager made", "KeventSelector", "LogManagerProgram$Chosen"), jvm.said(), jvm::toString);
    }

    @Test
    void logManagerOfTheCommandLineIsNotMadeBeforeMainThoughJmxIsAskedFor() throws Exception {
        AgentJvm jvm = AgentJvm.run(LogManagerProgram.class, "", "-Djava.util.logging.manager=" + LogManagerProgram.Chosen.class.getName(),
                "-Dio.kevent.jmx=true");
        assertEquals(List.of("main", "log manager made", "KeventSelector", "LogManagerProgram$Chosen"), jvm.said(), jvm::toString);
    }

    @Test
    void secondFlagFindsWhatItRequires() throws Exception {
        AgentJvm jvm = AgentJvm.run(SelectProgram.class, "=log=off", "-javaagent:" + System.getProperty("kevent.agent.jar") + "=log=off,required=true");
        assertEquals(List.of("KeventSelector selected 1"), jvm.output);
        assertEquals(0, jvm.exitCode);
    }

    @Test
    void codeThatASecurityManagerTrustsWithNothingSelects(@TempDir Path directory) throws Exception {
        assumeTrue(Runtime.version().feature() < 24, "there are no security managers any more");
        Path policy = Files.writeString(directory.resolve("policy"),
                "grant codeBase \"file:" + System.getProperty("kevent.agent.jar") + "\" { permission java.security.AllPermission; };");
        AgentJvm jvm = AgentJvm.run(SelectProgram.class, "=log=off", "-Djava.security.manager", "-Djava.security.policy==" + policy);
        assertEquals("KeventSelector selected 1", jvm.output.get(jvm.output.size() - 1), jvm::toString);
        assertEquals(0, jvm.exitCode);
    }

    @Test
    void logManagerOfTheCommandLineIsNotMadeBeforeMain() throws Exception {
        AgentJvm jvm = AgentJvm.run(LogManagerProgram.class, "", "-Djava.util.logging.manager=" + LogManagerProgram.Chosen.class.getName());
        assertEquals(List.of("main", "log manager made", "KeventSelector", "LogManagerProgram$Chosen"), jvm.said(), jvm::toString);
    }
}
