// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import io.kevent.bench.jvm.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the figures come from.
 *
 * @param cpu the processor's name
 * @param cores how many processors the JVM sees
 * @param kernel name and version of the kernel
 * @param jdk name and version of the JDK
 * @param feature feature version of the JDK
 * @param commit of the project; with a plus if something was changed since
 */
public record Machine(String cpu, int cores, String kernel, String jdk, int feature, String commit) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /**
     * This machine.
     *
     * @return what is known of it
     * @throws IOException if the system does not tell
     * @throws InterruptedException if the thread is interrupted
     */
    public static Machine here() throws IOException, InterruptedException {
        return new Machine(cpuName(), Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + Runtime.version(), Runtime.version().feature(), commitName());
    }

    /** Whether what was measured on both can stand in one report, whichever commit it is of and kernel was there: rows are compared within a run. */
    boolean isComparableWith(Machine other) {
        return equals(new Machine(other.cpu, other.cores, kernel, other.jdk, other.feature, commit));
    }

    private static String cpuName() throws IOException {
        if (!Files.isReadable(CPU_INFO)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(CPU_INFO).stream().filter(line -> line.startsWith("model name")).findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse(System.getProperty("os.arch"));
    }

    private static String commitName() throws IOException, InterruptedException {
        if (!Site.has("git")) {
            return "unknown";
        }
        String commit = git("rev-parse", "--short=10", "HEAD");
        // what the bench itself writes is no change
        return commit.isEmpty() ? "unknown" : commit + (git("status", "--porcelain", "--", ".", ":!docs/benchmarks*", ":!README.md").isEmpty() ? "" : "+");
    }

    private static String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(Site.root().toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? answer : "";
    }
}
