// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Where the program stands in a command line, and so where the flags end. */
class LaunchFlagsTest {

    private static void assertProgram(String expected, String... arguments) {
        List<String> line = new ArrayList<>(List.of("/usr/bin/java"));
        line.addAll(List.of(arguments));
        assertEquals(expected, LaunchFlags.command(line));
    }

    @Test
    void valueOfAFlagIsNotTheProgram() {
        for (String flag : List.of("-cp", "-classpath", "--class-path", "-p", "--module-path", "--upgrade-module-path", "--add-modules", "--limit-modules",
                "--add-opens", "--add-exports", "--add-reads", "--patch-module", "--enable-native-access", "--source")) {
            assertProgram("Main -x", flag, "value", "-Xint", "Main", "-x");
        }
    }

    @Test
    void jarIsTheProgramThoughFlagsMayStandBeforeItsName() {
        assertProgram("server.jar -x", "-jar", "server.jar", "-x");
        assertProgram("server.jar -x", "-jar", "-Xint", "server.jar", "-x");
    }

    @Test
    void moduleIsTheProgram() {
        assertProgram("module/Main -x", "-p", "value", "-m", "module/Main", "-x");
        assertProgram("module/Main -x", "--module", "module/Main", "-x");
        assertProgram("--module=module/Main -x y", "--module=module/Main", "-x", "y");
    }
}
