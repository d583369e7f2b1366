// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.demo;

import io.kevent.compat.jetty.NioProvider;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main job: Jetty on the kevent selector answers real requests, beside the same Jetty on the JDK's selector. */
@Command(name = "demo", sortOptions = false, usageHelpWidth = 120,
    description = "Runs Jetty on the kevent selector and on the JDK's, each in a JVM of its own, drives both in turns and compares them.")
public final class Demo implements Callable<Integer> {
    @Option(names = "--connections", defaultValue = "64", description = "keep-alive connections to each server (default: 64)")
    private int connections;

    @Option(names = "--seconds", defaultValue = "2", description = "length of a round in seconds (default: 2)")
    private int seconds;

    @Option(names = "--rounds", defaultValue = "8", description = "rounds per server (default: 8)")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "8", description = "seconds of load on each server before the first round (default: 8)")
    private int warmUp;

    @Option(names = "--selectors", defaultValue = "1", description = "selectors per server (default: 1)")
    private int selectors;

    @Option(names = "--load-threads", defaultValue = "1", description = "threads that make the load (default: 1)")
    private int loadThreads;

    @Option(names = "--no-count", description = "do not count system calls, strace or not")
    private boolean noCount;

    @Option(names = "--null-test", description = "put the JDK's selector on both sides: what differs then is noise")
    private boolean nullTest;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this and end")
    private boolean help;

    @Spec
    private CommandSpec command;

    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    private final Progress progress = new Progress(out);

    /** Exits with 0 if every answer was right. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Demo());
        line.setExecutionExceptionHandler((failure, parsed, result) -> {
            parsed.getErr().println("demo: " + failure.getMessage());
            return 1;
        });
        // Maven, if it is killed by its number, leaves behind what it has started
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Plan plan = plan();
        String notCountable = notCountable();
        NioProvider first = nullTest ? NioProvider.JDK : NioProvider.KEVENT;
        announce(plan, notCountable);
        try (Contestant ours = new Contestant(nullTest ? "JDK again" : "kevent", first, plan, List.of());
            Contestant jdk = new Contestant("JDK", NioProvider.JDK, plan, List.of())) {
            introduce(ours);
            introduce(jdk);
            out.println();
            measure(plan, ours, jdk);
            if (notCountable == null) {
                notCountable = count(plan, ours, jdk);
            }
            progress.clear();
            out.println();
            new Report(ours, jdk, notCountable, out).print(plan);
            return ours.errors() + jdk.errors() == 0 ? 0 : 1;
        }
    }

    private Plan plan() {
        within("--connections", connections, 1, 5000);
        within("--seconds", seconds, 1, 60);
        within("--rounds", rounds, 1, 100);
        within("--warm-up", warmUp, 1, 60);
        within("--selectors", selectors, 1, 64);
        within("--load-threads", loadThreads, 1, Math.min(connections, 64));
        return new Plan(connections, loadThreads, selectors, rounds, seconds, warmUp, 2);
    }

    private void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(command.commandLine(), option + " must be from " + least + " to " + most + ", not " + value);
        }
    }

    private String notCountable() {
        if (noCount) {
            return "not counted: --no-count";
        }
        return SystemCalls.countable() ? null : "not countable here: strace is not installed";
    }

    private void announce(Plan plan, String notCountable) {
        int total = 2 * (plan.warmUp() + plan.rounds() * plan.seconds() + (notCountable == null ? 2 * plan.countSeconds() + 2 : 0)) + 4;
        out.printf(Locale.ROOT, "Jetty answers HTTP/1.1 on 127.0.0.1, on two selectors: "
            + "two servers, each in a JVM of its own, take turns under the same load.%n"
            + "  JDK %s, %d processors; %d keep-alive connections with one request outstanding each; %d selector%s per server%n"
            + "  warm-up %d s, then %d x %d s, each server; every answer is checked; about %d s in all%n%n",
            Runtime.version(), Runtime.getRuntime().availableProcessors(), plan.connections(), plan.selectors(), plan.selectors() == 1 ? "" : "s",
            plan.warmUp(), plan.rounds(), plan.seconds(), total);
    }

    private void introduce(Contestant side) {
        out.printf("  %-9s Jetty %s, process %d, port %d, %s%n", side.name(), side.server().jettyVersion(), side.server().pid(),
            side.server().address().getPort(), side.server().selectorClasses().get(0));
    }

    private void measure(Plan plan, Contestant ours, Contestant jdk) throws IOException {
        // in two parts each, since the load warms up with the first
        for (Contestant side : List.of(ours, jdk, jdk, ours)) {
            warmUp("warm-up, " + side.name(), side, Duration.ofMillis(500L * plan.warmUp()));
        }
        for (int i = 1; i <= plan.rounds(); i++) {
            // who goes first changes, so that neither profits from what comes before it
            for (Contestant side : i % 2 == 1 ? List.of(ours, jdk) : List.of(jdk, ours)) {
                String step = String.format("round %d of %d, %s", i, plan.rounds(), side.name());
                Contestant.Round round = side.round(Duration.ofSeconds(plan.seconds()), answered -> show(step, answered));
                progress.done(describe(step, round));
            }
        }
    }

    private Contestant.Round warmUp(String step, Contestant side, Duration length) throws IOException {
        Contestant.Round round = side.warmUp(length, answered -> show(step, answered));
        progress.done(describe(step, round));
        return round;
    }

    private void show(String step, long answered) {
        progress.now(String.format(Locale.ROOT, "%-28s %,11d requests answered", step, answered));
    }

    private static String describe(String step, Contestant.Round round) {
        return String.format(Locale.ROOT, "%-28s %,11d requests answered, %,8.0f per second, %.1f µs CPU each, %d errors",
            step, round.load().requests(), round.load().requestsPerSecond(), round.cpuMicrosPerRequest(), round.load().errors());
    }

    /** Fresh servers, started by strace; null, or why it did not work. */
    private String count(Plan plan, Contestant... sides) throws IOException {
        for (Contestant side : sides) {
            Path trace = Files.createTempFile("kevent-strace-", ".txt");
            trace.toFile().deleteOnExit();
            try {
                side.count(count(plan, side, trace));
            } catch (IOException e) {
                return "not countable here: " + e.getMessage().lines().findFirst().orElse("strace failed");
            } finally {
                Files.deleteIfExists(trace);
            }
        }
        return null;
    }

    private Contestant.Counted count(Plan plan, Contestant side, Path trace) throws IOException {
        long requests;
        try (Contestant traced = new Contestant(side.name(), side.provider(), plan, SystemCalls.wrapper(trace))) {
            try {
                warmUp("strace warm-up, " + side.name(), traced, Duration.ofSeconds(plan.countSeconds()));
                requests = warmUp("counting calls, " + side.name(), traced, Duration.ofSeconds(plan.countSeconds())).load().requests();
            } finally {
                side.addErrors(traced);
            }
        }
        return new Contestant.Counted(SystemCalls.read(trace), requests);
    }
}
