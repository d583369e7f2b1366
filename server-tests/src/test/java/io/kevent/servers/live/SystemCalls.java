// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.live;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Counts the system calls of a process by strace. */
final class SystemCalls {
    private static final int PATIENCE_SECONDS = 60;

    private SystemCalls() { }

    static boolean countable() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "strace")));
    }

    /**
     * How often a process makes each of some calls, for each of the things that a task does, which tells how many. Skips the test where strace may not look.
     * Calls that the machine does not have are none.
     */
    static Map<String, Double> of(List<String> calls, long pid, Path directory, Callable<Long> task) throws Exception {
        Path counts = directory.resolve("strace");
        String trace = "trace=" + calls.stream().map(call -> "?" + call).collect(Collectors.joining(","));
        Process strace = new ProcessBuilder("strace", "-f", "-c", "-e", trace, "-o", counts.toString(), "-p", Long.toString(pid)).start();
        long times;
        try (BufferedReader messages = strace.errorReader()) {
            String message = messages.readLine();
            assumeTrue(message != null && message.contains("attached"), () -> "strace may not look into other processes here: " + message);
            times = task.call();
        } finally {
            strace.destroy();
            assertTrue(strace.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "strace does not end");
        }
        List<String> lines = Files.readAllLines(counts);
        Map<String, Double> counted = new TreeMap<>();
        for (String call : calls) {
            counted.put(call, (double) count(call, lines) / times);
        }
        return counted;
    }

    /** A line is: share of time, seconds, microseconds per call, calls, perhaps errors, name. There is none of a call that was not made. */
    private static long count(String call, List<String> lines) {
        return lines.stream().map(line -> line.strip().split("\\s+")).filter(words -> call.equals(words[words.length - 1]))
                .mapToLong(words -> Long.parseLong(words[3])).sum();
    }
}
