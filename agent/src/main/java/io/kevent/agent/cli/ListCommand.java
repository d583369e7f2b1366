// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
    public Integer call() throws CommandFailure {
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
        Output.flush(out);
        return ExitCode.DONE.number;
    }

    private static List<ListedJvm> look() {
        Map<String, String> names = RemoteJvm.names();
        Map<Long, FutureTask<ListedJvm>> looks = new TreeMap<>();
        for (long pid : ProcessHandle.allProcesses().mapToLong(ProcessHandle::pid).toArray()) {
            LocalProcess process = pid == ProcessHandle.current().pid() ? null : jvm(pid);
            if (process != null) {
                looks.put(pid, TimeLimit.start(() -> ListedJvm.look(process, names.get(Long.toString(pid)), LIMIT)));
            }
        }
        List<ListedJvm> jvms = new ArrayList<>();
        looks.forEach((pid, look) -> {
            ListedJvm jvm = await(look, pid, names.get(Long.toString(pid)));
            // it may have ended meanwhile
            if (jvm.exitCode() != ExitCode.NO_JVM.number) {
                jvms.add(jvm);
            }
        });
        return jvms;
    }

    /** Whatever becomes of one look, the others are not lost by it. */
    static ListedJvm await(FutureTask<ListedJvm> look, long pid, String name) {
        try {
            return TimeLimit.await(look, LIMIT_OF_ALL, "the JVM " + pid + " could not be looked at in time");
        } catch (CommandFailure e) {
            return ListedJvm.unseen(pid, name, e);
        } catch (Exception e) {
            return ListedJvm.unseen(pid, name, new CommandFailure(ExitCode.FAILED, "the JVM " + pid + " could not be looked at: " + e, e));
        }
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
            table.add(jvm.pid(), Objects.requireNonNullElse(jvm.user(), UNKNOWN), Objects.requireNonNullElse(jvm.javaVersion(), UNKNOWN),
                    Objects.requireNonNullElse(jvm.kevent(), UNKNOWN), jvm.attach(), jvm.command());
        }
        return table;
    }
}
