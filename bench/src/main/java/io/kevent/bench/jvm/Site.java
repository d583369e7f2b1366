// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Where things are on this machine: the project, the agent, the tools. */
public final class Site {
    /**
     * Flags of every JVM that does a small piece of work: a heap that neither grows nor starves, one collector on every machine, and a compiler that is waited
     * for, so that on a busy machine nobody is measured while the compiler has not had its turn. Its threads do not come and go, which would take the context
     * switches that they made with them.
     */
    public static final List<String> STEADY = List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC", "-XX:-BackgroundCompilation",
            "-XX:-UseDynamicNumberOfCompilerThreads");

    private static final Path ROOT = Path.of(System.getProperty("kevent.bench.root", "")).toAbsolutePath();

    private Site() { }

    /**
     * The project.
     *
     * @return its directory
     */
    public static Path root() {
        return ROOT;
    }

    /**
     * The agent.
     *
     * @return its jar, whether it is built or not
     */
    public static Path agentJar() {
        return ROOT.resolve("agent/target/kevent-agent.jar");
    }

    /**
     * Where files are kept that are needed for a while: with what was built, so that what a run that is killed leaves behind goes with that.
     *
     * @return a directory that is there
     * @throws IOException if it cannot be made
     */
    public static Path temporary() throws IOException {
        return Files.createDirectories(ROOT.resolve("bench/target/tmp"));
    }

    /**
     * The JVM's launcher, the one that this JVM was started by.
     *
     * @return its path
     */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /**
     * Looks for a tool.
     *
     * @param tool name of a command
     * @return whether it is installed
     */
    public static boolean has(String tool) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> !directory.isEmpty() && Files.isExecutable(Path.of(directory, tool)));
    }

    /**
     * Demands a tool.
     *
     * @param tool name of a command
     * @throws MissingToolException if it is not installed
     */
    public static void require(String tool) throws MissingToolException {
        if (!has(tool)) {
            throw new MissingToolException(tool);
        }
    }
}
