// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What a command did, run from the jar as it is shipped.
 *
 * @param exitCode what a script sees
 * @param out the standard output
 * @param err the standard error output
 */
record Cli(int exitCode, List<String> out, List<String> err) {
    static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    static final String JAR = System.getProperty("kevent.agent.jar");
    static final List<String> SHORT_LIVED = List.of(System.getProperty("kevent.short.lived").split(" "));

    /** For a command whose reply the test waits to be gone: it stays as long as the command waits for it. */
    static final String SOON_GONE = "--timeout=8";

    private static final int SECONDS = 60;

    static Cli run(Object... arguments) throws IOException, InterruptedException {
        return start(command(arguments)).end();
    }

    static List<String> command(Object... arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(SHORT_LIVED);
        command.addAll(List.of("-jar", JAR));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    static Started start(List<String> command) throws IOException {
        // files: a pipe that nobody reads could hold the command up
        Path out = Files.createTempFile("kevent-cli", ".out");
        Path err = Files.createTempFile("kevent-cli", ".err");
        Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        return new Started(process, out, err);
    }

    /** Fails unless it ended so and said one sentence about it. */
    void assertFails(int code, String sentencePattern) {
        assertEquals(code, exitCode, this::toString);
        assertEquals(List.of(), out, this::toString);
        assertEquals(1, err.size(), this::toString);
        assertTrue(err.get(0).matches(sentencePattern), this::toString);
    }

    /** Fails unless it did what was asked, and said one sentence about it. */
    void assertDone(String sentencePattern) {
        assertEquals(0, exitCode, this::toString);
        assertEquals(List.of(), err, this::toString);
        assertEquals(1, out.size(), this::toString);
        assertTrue(out.get(0).matches(sentencePattern), this::toString);
    }

    /** A command that runs. */
    record Started(Process process, Path out, Path err) {

        Cli end() throws IOException, InterruptedException {
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            Cli cli = new Cli(process.exitValue(), lines(out), lines(err));
            Files.delete(out);
            Files.delete(err);
            assertTrue(ended, () -> "the command does not end: " + cli);
            return cli;
        }

        private static List<String> lines(Path file) throws IOException {
            return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        }
    }
}
