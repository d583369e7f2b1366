// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.kevent.agent.protocol.Presence;
import io.kevent.agent.protocol.Reply;
import io.kevent.agent.protocol.Request;
import io.kevent.agent.protocol.Status;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows whether kevent is in a JVM, and the figures of its selectors. */
@Command(name = "status", description = {
    "Shows whether kevent is in a JVM, with which options and since when, and the figures of each selector that runs on it.",
    "",
    "Each call loads the agent once more, which costs the JVM some memory that it never gives back: to look again and again, use --watch, JMX or JFR. A JVM"
        + " that was never attached to and was not started with kevent is left alone."})
final class StatusCommand implements Callable<Integer> {
    /** Forgets what was printed and starts at the top. */
    private static final String CLEAR = "\033[H\033[2J\033[3J";

    @Mixin
    private Target target;

    @Option(names = "--json", description = "Print JSON instead of a table; with --watch, a line each time.")
    private boolean json;

    @Option(names = "--details", description = "Show the keys, the thread and the stack of each selector as well (--json always has them).")
    private boolean details;

    @Option(names = "--watch", arity = "0..1", fallbackValue = "2", paramLabel = "SECONDS", preprocessor = AttachedValue.class,
            description = "Show it again and again until interrupted (default: every ${FALLBACK-VALUE} seconds).")
    private Double watch;

    /** How long the JVM publishes what is watched, if this command does not ask again. */
    @Option(names = "--lease", hidden = true, defaultValue = "60", paramLabel = "SECONDS")
    private double lease;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        if (watch != null && !(watch >= 0.1 && watch <= 30)) {
            throw target.usage("--watch takes 0.1 to 30 seconds");
        }
        LocalProcess process = target.process();
        OutsideView outside = new OutsideView(process);
        if (outside.isWithoutKevent()) {
            show(without(process, outside.javaVersion()));
            return ExitCode.DONE.number;
        }
        try (RemoteJvm jvm = target.open(process)) {
            if (jvm.presence().how() == Presence.How.NO && !outside.contradicts(jvm.presence())) {
                show(without(process, jvm.properties().getProperty("java.version")));
            } else if (watch == null) {
                show(checked(jvm.request(Target.request(Request.Kind.STATUS))));
            } else {
                watch(jvm);
            }
        }
        return ExitCode.DONE.number;
    }

    private static JsonObject without(LocalProcess process, String javaVersion) {
        return Reply.tree(new Status(process.innerPid(), Instant.now().toString(), javaVersion, Presence.How.NO.toString(), null, null, null, null,
                List.of(), List.of())).getAsJsonObject();
    }

    /**
     * The JVM publishes for the time of a lease, renewed in good time, so that the agent is not loaded each time. Ends with the JVM, with who reads, or with
     * this process.
     */
    private void watch(RemoteJvm jvm) throws CommandFailure, InterruptedException {
        Request request = Request.watch(Target.newId(), seconds(watch), seconds(lease));
        long asked = 0;
        Reply reply = null;
        while (true) {
            if (reply == null || System.nanoTime() - asked > request.lease().toNanos() / 2) {
                asked = System.nanoTime();
                reply = jvm.request(request);
            }
            show(checked(reply));
            Thread.sleep(request.interval().toMillis());
            reply = jvm.published(request);
        }
    }

    /** Takes a value of an option only if it is attached by a sign: what stands behind a blank is the PID. */
    static final class AttachedValue implements IParameterPreprocessor {

        @Override
        public boolean preprocess(Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (" ".equals(info.get("separator"))) {
                arguments.push(((OptionSpec) option).fallbackValue());
            }
            return false;
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private JsonObject checked(Reply reply) throws CommandFailure {
        if (!reply.done()) {
            throw new CommandFailure(ExitCode.FAILED, reply.message());
        }
        if (!json) {
            target.warnOfVersion(reply.version());
        }
        return reply.status().getAsJsonObject();
    }

    private void show(JsonObject status) throws CommandFailure {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(new GsonBuilder().disableHtmlEscaping().serializeNulls().create().toJson(status));
        } else {
            out.print(watch != null && Main.isTerminal() ? CLEAR : "");
            StatusView.lines(status, details).forEach(out::println);
            out.print(watch != null && !Main.isTerminal() ? System.lineSeparator() : "");
        }
        Output.flush(out);
    }
}
