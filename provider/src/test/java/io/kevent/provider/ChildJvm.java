// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Runs a main class of the tests in a JVM of its own, with kevent installed by the property and whatever flags the test is about. */
public final class ChildJvm {
    private static final int SECONDS = 60;

    private final int exitCode;
    private final String output;

    private ChildJvm(int exitCode, String output) {
        this.exitCode = exitCode;
        this.output = output;
    }

    public static ChildJvm run(Class<?> main, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.nio.channels.spi.SelectorProvider=" + KeventSelectorProvider.class.getName());
        command.addAll(List.of(flags));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "the child JVM does not end");
        return new ChildJvm(process.exitValue(), output);
    }

    public int exitCode() {
        return exitCode;
    }

    public String output() {
        return output;
    }
}
