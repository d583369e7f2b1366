// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the JVMs of this machine. */
@Command(name = "list", description = {
    "Shows the JVMs that run here, but this one: whether kevent is in them and whether they can be attached to.",
    "",
    "They are looked at from outside. Only one that somebody has attached to before is asked for its system properties. Nothing is loaded into it."})
final class ListCommand implements Callable<Integer> {
    private static final String UNKNOWN = "unknown";

    /** For one request to one JVM: all are asked at once. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Attaching, and reading the system properties. */
    private static final Duration LIMIT_OF_ALL = LIMIT.multipliedBy(3);

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        Platform.require();
        List<ListedJvm> jvms = look();
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(new GsonBuilder().disableHtmlEscaping().serializeNulls().create().toJson(jvms));
        } else if (jvms.isEmpty()) {
            out.println("no other JVM runs here");
        } else {
            table(jvms).lines().forEach(out::println);
        }
        out.flush();
        return ExitCode.DONE.number;
    }

    private static List<ListedJvm> look() throws Exception {
        Map<String, String> names = RemoteJvm.names();
        List<FutureTask<ListedJvm>> looks = new ArrayList<>();
        for (long pid : ProcessHandle.allProcesses().mapToLong(ProcessHandle::pid).sorted().toArray()) {
            LocalProcess process = pid == ProcessHandle.current().pid() ? null : jvm(pid);
            if (process != null) {
                looks.add(TimeLimit.start(() -> ListedJvm.look(process, names.get(Long.toString(pid)), LIMIT)));
            }
        }
        List<ListedJvm> jvms = new ArrayList<>();
        for (FutureTask<ListedJvm> look : looks) {
            ListedJvm jvm = TimeLimit.await(look, LIMIT_OF_ALL, "a JVM did not answer");
            // it may have ended meanwhile
            if (jvm.exitCode() != ExitCode.NO_JVM.number) {
                jvms.add(jvm);
            }
        }
        return jvms;
    }

    /** Null if it is none. */
    private static LocalProcess jvm(long pid) {
        try {
            LocalProcess process = LocalProcess.of(pid);
            return process.isJvm() ? process : null;
        } catch (CommandFailure e) {
            return null;
        }
    }

    private static Table table(List<ListedJvm> jvms) {
        Table table = new Table(" PID", "USER", "JAVA", "KEVENT", "ATTACH", "PROGRAM");
        for (ListedJvm jvm : jvms) {
            table.add(jvm.pid(), jvm.user(), Objects.requireNonNullElse(jvm.javaVersion(), UNKNOWN),
                    Objects.requireNonNullElse(jvm.kevent(), UNKNOWN), jvm.attach(), jvm.command());
        }
        return table;
    }
}
