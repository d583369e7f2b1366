// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jcstress.infra.runners.TestList;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Runs the stress tests of the lock-free parts, in JVMs of their own. Shortly, so that each build does it; {@code -Dkevent.stress=long} runs them all
 * for about forty minutes, with each mix of compilers for the racing threads. The report is in {@code target/jcstress}.
 */
class JcstressTest {
    private static final boolean LONG = "long".equals(System.getProperty("kevent.stress"));

    /** What each build runs: the parts that do without a lock. Those of the queue under its lock take longer than they tell. */
    private static final String LOCK_FREE = "io.kevent.provider.(core.*|queue.HandlingStress.*)";

    private static final String TESTS = LONG ? "io.kevent.provider.(core|queue).*" : LOCK_FREE;

    private static final String REPORT = "report";

    private static final long BOUND_SECONDS = LONG ? 3600 : 400;

    /** The JVM's way of compiling and collecting is left alone: one configuration, the same on each JDK. */
    private static final String JVM = "-XX:+UseParallelGC --add-opens=java.base/sun.nio.ch=ALL-UNNAMED";
    private static final String[] SHORT_RUN = {"-f", "1", "-iters", "1", "-time", "300", "-sc", "false", "-jvmArgs", JVM};
    private static final String[] LONG_RUN = {"-f", "1", "-iters", "1", "-time", "1000", "-sc", "true", "-jvmArgs", JVM};

    private static final Pattern SUMMARY =
            Pattern.compile("Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard errs");

    @Test
    @Timeout(value = 3650, unit = TimeUnit.SECONDS)
    void racesHaveNoForbiddenOutcome() throws Exception {
        Path directory = directory();
        clear(directory.resolve(REPORT));
        Path output = directory.resolve("output.txt");
        int exitCode = run(directory, output);
        String text = Files.readString(output);
        Matcher summary = SUMMARY.matcher(text);
        int planned = 0;
        int passed = 0;
        while (summary.find()) {
            planned = Integer.parseInt(summary.group(1));
            passed = Integer.parseInt(summary.group(2));
        }
        assertEquals(0, exitCode, () -> text.substring(Math.max(0, text.length() - 10_000)));
        assertTrue(planned > 0, () -> "nothing was run: " + text);
        assertEquals(planned, passed, text);
        assertEquals(scenarios(), reported(directory), "a scenario of more threads than there are processors is left out without a word");
    }

    private static Set<String> scenarios() {
        return TestList.tests().stream().filter(Pattern.compile(TESTS).asMatchPredicate()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> reported(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(REPORT))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("io.kevent."))
                    .map(name -> name.substring(0, name.length() - ".html".length())).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Path directory() throws Exception {
        Path classes = Path.of(JcstressTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return Files.createDirectories(classes.resolveSibling("jcstress"));
    }

    /** What an earlier run reported says nothing of this one. */
    private static void clear(Path report) throws IOException {
        Files.createDirectories(report);
        try (Stream<Path> files = Files.list(report)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static int run(Path directory, Path output) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("org.openjdk.jcstress.Main");
        command.addAll(List.of("-t", TESTS, "-r", REPORT));
        command.addAll(List.of(LONG ? LONG_RUN : SHORT_RUN));
        Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        try {
            process.getOutputStream().close();
            assertTrue(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS), "the stress tests do not end");
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
