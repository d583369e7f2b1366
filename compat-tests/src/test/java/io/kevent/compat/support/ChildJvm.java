// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

/** A JVM of its own with this one's class path and the same selector provider, for what depends on options of the virtual machine. */
public final class ChildJvm {

    private static final String PROVIDER = "java.nio.channels.spi.SelectorProvider";

    private ChildJvm() { }

    /** Runs a main class; fails with what it wrote when it does not end, or ends with anything but 0. Returns what it wrote. */
    public static String run(List<String> options, Class<?> main, String... arguments) throws IOException, InterruptedException {
        return runCommand(command(options, main, arguments));
    }

    /** The same with no more than so many descriptors. */
    public static String runWithDescriptors(int limit, Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n " + limit + " && exec \"$@\"", "sh"));
        command.addAll(command(List.of(), main, arguments));
        return runCommand(command);
    }

    private static List<String> command(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String provider = System.getProperty(PROVIDER);
        if (provider != null) {
            command.add("-D" + PROVIDER + "=" + provider);
            command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        }
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String runCommand(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("child", ".txt");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            try {
                if (!process.waitFor(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    fail("the child does not end; it wrote: " + Files.readString(output));
                }
                assertEquals(0, process.exitValue(), () -> "the child failed; it wrote: " + text(output));
                return Files.readString(output);
            } finally {
                process.destroyForcibly().waitFor();
            }
        } finally {
            Files.delete(output);
        }
    }

    private static String text(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
