// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What stands against attaching, as a directory like {@code /proc} tells it. */
class LocalProcessTest {
    /** No process has such a number. */
    private static final long PID = 1L << 40;

    private static final int USER = 1000;
    private static final int GROUP = 2000;

    @TempDir
    private Path proc;

    /** This command, or the JVM that is looked at. */
    private void process(String name, int user, int group, String state) throws IOException {
        Path directory = Files.createDirectories(proc.resolve(name));
        // the real ones, which do not count, are different
        Files.writeString(directory.resolve("status"), "Name:\tjava\nState:\t" + state + "\nTgid:\t" + PID + "\nTracerPid:\t4711\nUid:\t1\t" + user
                + "\t1\t1\nGid:\t1\t" + group + "\t1\t1\nSigCgt:\t0000000000000004\n");
        Files.writeString(directory.resolve("maps"), "7f0000000000-7f0000001000 r-xp 00000000 00:00 1 /jdk/lib/server/libjvm.so\n");
    }

    private void jvm(String state) throws IOException {
        process(Long.toString(PID), USER, GROUP, state);
    }

    private LocalProcess look() throws CommandFailure {
        return LocalProcess.of(PID, proc);
    }

    private void assertNotAttachable(ExitCode code, String sentence) throws CommandFailure {
        CommandFailure failure = assertThrows(CommandFailure.class, look()::requireAttachable);
        assertEquals(sentence, failure.getMessage());
        assertEquals(code, failure.code());
    }

    @Test
    void sameUserAndGroupMayAttach() throws Exception {
        jvm("S (sleeping)");
        process("self", USER, GROUP, "R (running)");
        assertDoesNotThrow(look()::requireAttachable);
    }

    @Test
    void rootMayAttachWithAnyGroup() throws Exception {
        jvm("S (sleeping)");
        process("self", 0, 0, "R (running)");
        assertDoesNotThrow(look()::requireAttachable);
    }

    @Test
    void anotherUserMayNotThoughTheGroupIsTheSame() throws Exception {
        jvm("S (sleeping)");
        process("self", USER + 1, GROUP, "R (running)");
        assertNotAttachable(ExitCode.NOT_PERMITTED, "process " + PID + " belongs to user 1000: run this command as that user, or as root");
    }

    @Test
    void sameUserWithAnotherGroupIsToldHowToTakeTheJvmsGroup() throws Exception {
        jvm("S (sleeping)");
        process("self", USER, GROUP + 1, "R (running)");
        assertNotAttachable(ExitCode.NOT_PERMITTED, "process " + PID + " runs with group 2000 and this command with 2001: run it with that group as well,"
                + " for example by sudo -u '#1000' -g '#2000', or as root");
    }

    @Test
    void whoIsStoppedByASignalCanBeLetGoOnByAnother() throws Exception {
        jvm("T (stopped)");
        process("self", USER, GROUP, "R (running)");
        assertNotAttachable(ExitCode.NO_ANSWER, "process " + PID + " is stopped: let it go on (kill -CONT " + PID + ") and try again");
    }

    @Test
    void whoIsHeldByATracerIsThatOnesToLetGoOn() throws Exception {
        jvm("t (tracing stop)");
        process("self", USER, GROUP, "R (running)");
        assertNotAttachable(ExitCode.NO_ANSWER, "process " + PID + " is held by a debugger or strace (TracerPid 4711): have that let it go on, or end that,"
                + " and try again");
    }
}
