// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.provider.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** Signals whose default action ends the process: not while they are watched, and again afterwards. */
class SignalInAJvmTest {
    private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    /** Whether this process was started with a signal ignored, as under nohup: its children inherit that, and a JVM leaves the signal alone then. */
    private static boolean isIgnored(String signal) throws IOException {
        String ignored = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow();
        return (Long.parseUnsignedLong(ignored.substring(ignored.indexOf(':') + 1).strip(), 16) & 1L << NUMBERS.get(signal) - 1) != 0;
    }

    @Test
    void defaultActionIsNotTakenWhileTheSignalIsWatched() throws Exception {
        assumeFalse(isIgnored("TERM"), "this process ignores SIGTERM, and its children do: start the tests otherwise");
        List<String> signals = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String signal : List.of("HUP", "INT", "TERM")) {
            if (!isIgnored(signal)) {
                signals.add(signal);
                expected.add(signal + " 1");
            }
        }
        expected.add("closed");
        ChildJvm child = ChildJvm.run(SignalledProgram.class, "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-D" + SignalledProgram.SIGNALS + "=" + String.join(",", signals));
        assertEquals(expected, child.output().lines().toList());
        assertEquals(128 + NUMBERS.get("TERM"), child.exitCode());
    }

    @Test
    void whatIsMissingIsToldEachTime() throws Exception {
        ChildJvm child = ChildJvm.run(UnknownSignalProgram.class, "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--limit-modules=java.base");
        String sentence = "signals cannot be watched in this JVM, which has no class sun.misc.Signal (of the module jdk.unsupported)";
        assertEquals(List.of(sentence, sentence), child.output().lines().toList());
    }

    @Test
    void signalThatComesTooLateForTheLastKnoteEndsTheProcess() throws Exception {
        assumeFalse(isIgnored("TERM"), "this process ignores SIGTERM, and its children do: start the tests otherwise");
        ChildJvm child = ChildJvm.run(LateSignalProgram.class, "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        assertEquals("", child.output());
        assertEquals(128 + NUMBERS.get("TERM"), child.exitCode());
    }
}
