// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import io.kevent.agent.protocol.Reply;
import io.kevent.agent.protocol.Request;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What commands about one JVM have in common. */
final class Target {
    @Parameters(index = "0", paramLabel = "PID", description = "The process id of the JVM, as `list` shows it.")
    private long pid;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "30",
            description = "How long to wait for the JVM to answer, each time it is asked (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Attaches to it. */
    RemoteJvm open() throws CommandFailure {
        return open(process());
    }

    /** Attaches to it. */
    RemoteJvm open(LocalProcess process) throws CommandFailure {
        return RemoteJvm.open(process, Duration.ofSeconds(seconds));
    }

    /** Its process, after it was made sure that it can be attached to. */
    LocalProcess process() throws CommandFailure {
        if (pid == ProcessHandle.current().pid()) {
            throw usage(pid + " is this command itself: give the PID of another JVM");
        }
        if (pid <= 0) {
            throw usage("a PID is greater than 0");
        }
        if (seconds <= 0) {
            throw usage("--timeout is greater than 0");
        }
        Platform.require();
        LocalProcess process = LocalProcess.of(pid);
        process.requireAttachable();
        return process;
    }

    ParameterException usage(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }

    /** Prints what the agent said; fails if it could not do what was asked. */
    void tell(Reply reply) throws CommandFailure {
        warnOfVersion(reply.version());
        if (!reply.done()) {
            throw new CommandFailure(ExitCode.FAILED, reply.message());
        }
        tell(reply.message());
    }

    void tell(String sentence) throws CommandFailure {
        PrintWriter out = command.commandLine().getOut();
        out.println(sentence);
        Output.flush(out);
    }

    /** A JVM keeps the classes that it loaded first. */
    void warnOfVersion(String version) {
        if (version != null && !version.equals(OwnJar.version())) {
            CommandLine line = command.commandLine();
            line.getErr().println("kevent " + version + " is loaded in the JVM " + pid + " and stays until it is restarted; this command is " + OwnJar.version());
            line.getErr().flush();
        }
    }

    /** Marks the reply to a request of this command. */
    static String newId() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    static Request request(Request.Kind kind) {
        return Request.of(newId(), kind);
    }
}
