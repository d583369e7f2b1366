// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line: {@code java -jar kevent-agent.jar}. */
@Command(name = "java -jar kevent-agent.jar", mixinStandardHelpOptions = true, versionProvider = OwnJar.class, scope = ScopeType.INHERIT,
        usageHelpWidth = Main.WIDTH, usageHelpAutoWidth = false, subcommands = {AttachCommand.class, DetachCommand.class, StatusCommand.class,
            ListCommand.class},
        description = {
            "Puts kevent, selectors with fewer system calls, under Java programs that run, takes it off again, and shows what it does.",
            "At the start of a program: java -javaagent:kevent-agent.jar[=name=value,...]",
            ""},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done, or it was so already.",
            "1:The agent could not do it, for the reason printed; the JVM goes on as before. Or the output could not be written.",
            "2:The command line is wrong.",
            "3:There is no such process, or it is not a JVM.",
            "4:The process belongs to another user, or runs with another group.",
            "5:The JVM refuses agents while it runs (-XX:-EnableDynamicAgentLoading, -XX:+DisableAttachMechanism).",
            "6:Not supported: older than Java 17, not HotSpot, not Linux, the java that runs this has no module jdk.attach, or"
                + " the JVM no module java.instrument.",
            "7:The JVM is stopped or held by a debugger, or did not answer in time."})
public final class Main implements Callable<Integer> {
    /** Of what is printed, in characters. */
    static final int WIDTH = 120;

    @Spec
    private CommandSpec command;

    private Main() { }

    /**
     * Runs a command and ends the JVM with its exit code.
     *
     * @param arguments the command and what it takes
     */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Main())
                .setColorScheme(Help.defaultColorScheme(isTerminal() ? Help.Ansi.AUTO : Help.Ansi.OFF))
                .setParameterExceptionHandler((e, given) -> wrong(e))
                .setExecutionExceptionHandler((e, at, given) -> failed(e, at));
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() {
        throw new ParameterException(command.commandLine(), "");
    }

    private static int wrong(ParameterException e) {
        CommandLine line = e.getCommandLine();
        if (e.getMessage().isEmpty()) {
            line.usage(line.getErr());
        } else {
            line.getErr().println(e.getMessage() + " (try " + line.getCommandSpec().qualifiedName() + " --help)");
        }
        line.getErr().flush();
        return ExitCode.USAGE.number;
    }

    private static int failed(Exception e, CommandLine line) throws Exception {
        if (e instanceof CommandFailure failure) {
            line.getErr().println(failure.getMessage());
            line.getErr().flush();
            return failure.code().number;
        }
        throw e;
    }

    /** Whether a person looks on. {@code System.console()} tells it in another way on each JDK. */
    static boolean isTerminal() {
        try {
            String output = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return output.startsWith("/dev/pts/") || output.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }
}
