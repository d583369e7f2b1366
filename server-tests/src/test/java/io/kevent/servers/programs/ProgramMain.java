// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The JVM of a {@link Program}. Its first line on the standard output names the ports; then it reads one command per line from its standard input and
 * answers each with one line of {@code name=value} pairs, semicolons between them. The end of the input ends it; it comes when the parent dies, too.
 */
public final class ProgramMain {
    private static final int SECONDS_TO_STOP = 20;

    private ProgramMain() { }

    /** Arguments: the program's class and the key store of its {@link Certificate}. */
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        // nothing else may get between the answers
        System.setOut(System.err);
        Program program = (Program) Class.forName(args[0]).getConstructor().newInstance();
        answers.println(join(start(program, new Certificate(Path.of(args[1])))));
        serve(program, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), answers);
        CompletableFuture.delayedExecutor(SECONDS_TO_STOP, TimeUnit.SECONDS).execute(() -> {
            System.err.println("the program did not stop within " + SECONDS_TO_STOP + " seconds");
            Runtime.getRuntime().halt(3);
        });
        program.stop();
        System.exit(0);
    }

    private static Map<String, ?> start(Program program, Certificate certificate) {
        try {
            return program.start(certificate);
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            // whatever threads it has started
            System.exit(1);
            throw new AssertionError(e);
        }
    }

    private static void serve(Program program, BufferedReader commands, PrintStream answers) throws IOException {
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            String answer;
            try {
                answer = join(answer(program, command));
            } catch (Exception e) {
                e.printStackTrace();
                answer = "error=" + e.toString().replace('\n', ' ');
            }
            answers.println(answer);
        }
    }

    private static Map<String, ?> answer(Program program, String command) throws Exception {
        String[] words = command.split(" ");
        switch (words[0]) {
            case "exchange":
                program.exchange();
                return Map.of("exchanged", true);
            case "selecting":
                return Census.selectingThreads();
            case "selectors":
                return Census.selectors();
            case "property":
                return Map.of("value", String.valueOf(System.getProperty(words[1])));
            case "threads":
                return Census.threads();
            default:
                throw new IllegalArgumentException("unknown command " + command);
        }
    }

    private static String join(Map<String, ?> values) {
        return values.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining(";"));
    }
}
