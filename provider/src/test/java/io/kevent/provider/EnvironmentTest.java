// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What kevent says and does where it is installed well, badly, or in a place where it cannot run. */
class EnvironmentTest {
    private static final String OPENS = "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED";

    @Test
    void withPropertyAndFlagItSelectsAndSaysNothing() throws Exception {
        ChildJvm child = ChildJvm.run(SelectOnce.class, OPENS);
        assertEquals(List.of("selector=io.kevent.provider.selector.KeventSelector", "selected=1", "option=accepted"), child.output().lines().toList());
        assertEquals(0, child.exitCode());
    }

    @Test
    void withoutTheFlagItNamesTheFlagInOneSentence() throws Exception {
        ChildJvm child = ChildJvm.run(SelectOnce.class);
        String sentence = "kevent needs access to the JDK's kernel binding: start the JVM with " + OPENS;
        assertTrue(child.output().lines().anyMatch(line -> line.endsWith("SEVERE: " + sentence)), child.output());
        assertTrue(child.output().contains("IllegalStateException: " + sentence), child.output());
        assertNotEquals(0, child.exitCode());
    }

    @Test
    void whereItIsNotLinuxTheJdkSelectsAndALogLineSaysSo() throws Exception {
        ChildJvm child = ChildJvm.run(SelectOnce.class, OPENS, "-Dos.name=Plan 9");
        assertJdkSelects(child);
        assertTrue(child.output().contains("kevent runs on Linux and this is Plan 9: the JDK's own selectors are used"), child.output());
    }

    @Test
    void whereTheJdkLacksAnInternalTheJdkSelectsAndALogLineNamesIt(@TempDir Path patch) throws Exception {
        compilePollSelectorWithoutPoll(patch);
        ChildJvm child = ChildJvm.run(SelectOnce.class, OPENS, "--patch-module", "java.base=" + patch);
        assertJdkSelects(child);
        assertTrue(child.output().contains("which has no sun.nio.ch.PollSelectorImpl.poll: the JDK's own selectors are used"), child.output());
        assertTrue(child.output().contains(System.getProperty("java.version")), child.output());
    }

    @Test
    void whereTheJdkLacksAnInternalAQueueIsRefusedByItsNameAsWell(@TempDir Path patch) throws Exception {
        compilePollSelectorWithoutPoll(patch);
        ChildJvm child = ChildJvm.run(OpenQueueAfterSelector.class, OPENS, "--patch-module", "java.base=" + patch);
        String sentence = "queue=kevent does not know JDK " + System.getProperty("java.version")
                + ", which has no sun.nio.ch.PollSelectorImpl.poll: there is no queue here";
        assertTrue(child.output().lines().anyMatch(sentence::equals), child.output());
        assertEquals(0, child.exitCode(), child.output());
    }

    private static void assertJdkSelects(ChildJvm child) {
        assertEquals(0, child.exitCode(), child.output());
        assertTrue(child.output().contains("selector=sun.nio.ch.EPollSelectorImpl"), child.output());
        assertTrue(child.output().contains("selected=1"), child.output());
        assertTrue(child.output().contains("option=OP_EDGE is not accepted by sun.nio.ch.EPollSelectorImpl"), child.output());
        assertFalse(child.output().contains("Exception"), child.output());
    }

    /** The JDK's own selectors on Linux do not use this class, kevent's probe does. */
    private static void compilePollSelectorWithoutPoll(Path patch) throws IOException {
        Path source = patch.resolve("PollSelectorImpl.java");
        Files.writeString(source, "package sun.nio.ch; class PollSelectorImpl { }");
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null,
                "--patch-module", "java.base=" + patch, "-d", patch.toString(), source.toString());
        assertEquals(0, result);
        Files.delete(source);
    }
}
