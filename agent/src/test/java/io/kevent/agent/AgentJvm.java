// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** A program in a JVM of its own under the agent's jar as it is shipped, with nothing of ours on its class path but the program. */
final class AgentJvm {
    private static final int SECONDS = 60;

    final int exitCode;
    final List<String> output;

    private AgentJvm(int exitCode, List<String> output) {
        this.exitCode = exitCode;
        this.output = output;
    }

    /** Options as they stand behind the jar's name, the sign before them included. */
    static AgentJvm run(Class<?> program, String options, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("kevent.short.lived").split(" ")));
        command.add("-javaagent:" + System.getProperty("kevent.agent.jar") + options);
        command.addAll(List.of(flags));
        command.add("-cp");
        command.add(Path.of("target", "test-classes").toString());
        command.add(program.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "the JVM does not end");
        return new AgentJvm(process.exitValue(), output.lines().toList());
    }

    /** What {@link LogManagerProgram} said. */
    List<String> said() {
        return output.stream().filter(line -> line.startsWith(LogManagerProgram.MARK)).map(line -> line.substring(LogManagerProgram.MARK.length())).toList();
    }

    @Override
    public String toString() {
        return "exit code " + exitCode + "\n" + String.join("\n", output);
    }
}
