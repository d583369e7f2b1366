// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench;

import io.kevent.bench.jvm.HostSteal;
import io.kevent.bench.jvm.Others;
import io.kevent.bench.jvm.Site;
import io.kevent.bench.jvm.TracedCalls;
import io.kevent.bench.plan.Block;
import io.kevent.bench.plan.Measurement;
import io.kevent.bench.plan.Results;
import io.kevent.bench.plan.Rounds;
import io.kevent.bench.plan.Setting;
import io.kevent.bench.plan.Subject;
import io.kevent.bench.report.Machine;
import io.kevent.bench.report.Report;
import io.kevent.bench.report.Verdict;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures kevent beside what a user would pick instead, and writes the report. */
@Command(name = "bench", sortOptions = false, usageHelpWidth = 120,
    description = "Measures kevent beside the JDK's selector and Netty's native transports, on this machine, and writes a report.")
public final class Bench implements Callable<Integer> {
    private static final Pattern ALL = Pattern.compile("");

    /** How much longer it may take to measure once more what the host disturbed. */
    private static final double SPARE = 0.25;

    @Option(names = "--quick", description = "the main scenarios only, in less than three minutes")
    private boolean quick;

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "which measurements, commas between them (default: all; --list names them)")
    private List<String> only = List.of();

    @Option(names = "--rows", split = ",", paramLabel = "NAME", description = "which rows, commas between them (default: all; --list names them)")
    private List<String> rows = List.of();

    @Option(names = "--scenario", paramLabel = "REGEX", description = "only scenarios in whose names this is found, as in --scenario 'Tomcat, 64 '")
    private Pattern scenario = ALL;

    @Option(names = "--rounds", description = "how often each row is started anew and has its turns (default: 1 if quick, else 3)")
    private Integer rounds;

    @Option(names = "--report", paramLabel = "DIRECTORY", description = "where the report goes (default: bench/target/report)")
    private Path directory;

    @Option(names = "--docs", description = "also write docs/benchmarks.md and docs/benchmarks/jdk-N.json, as a full run of everything does")
    private boolean docs;

    @Option(names = "--pages",
        description = "measure nothing: write docs/benchmarks.md and the README's figures anew, from the docs/benchmarks/jdk-N.json that were kept")
    private boolean pages;

    @Option(names = "--add", paramLabel = "FILE",
        description = "measure nothing: put the measurements of this report (JSON) in the place of those that were kept of the same machine and JDK, and"
            + " write the pages anew, which say of which commit each is")
    private Path added;

    @Option(names = "--list", description = "name the measurements and the rows, and end")
    private boolean list;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this and end")
    private boolean help;

    @Spec
    private CommandSpec command;

    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);

    private Bench() { }

    /**
     * Runs.
     *
     * @param args options; {@code --help} explains them
     */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Bench());
        line.setExecutionExceptionHandler((failure, parsed, result) -> {
            parsed.getErr().println("bench: " + (failure.getClass() == IOException.class ? failure.getMessage() : failure));
            return 1;
        });
        // Maven, if it is killed by its number, leaves behind what it has started
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            Measurements.all().forEach(measurement -> out.printf("  %-12s %s%n", measurement.name(), measurement.title()));
            Arrays.stream(Subject.values()).forEach(subject -> out.printf("  %-16s %s%n", subject.option(), subject.title()));
            return 0;
        }
        if (added != null) {
            add();
            return 0;
        }
        if (pages) {
            tell(Output.writePages());
            return 0;
        }
        List<Measurement> measurements = chosen();
        Setting setting = setting();
        Map<Measurement, List<Block>> plan = new LinkedHashMap<>();
        measurements.forEach(measurement -> plan.put(measurement,
                measurement.blocks(setting).stream().flatMap(block -> block.only(name -> scenario.matcher(name).find())).toList()));
        Machine machine = Machine.here();
        double seconds = plan.values().stream().flatMap(List::stream).mapToDouble(block -> block.seconds(setting.rounds())).sum();
        double others = Others.processors();
        announce(machine, setting, plan, seconds, others);
        Instant started = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        Progress progress = new Progress(out, seconds);
        Results results = new Results();
        Rounds turns = new Rounds(setting.rounds(), progress, Bench::disturbance, new HostSteal(), quick ? 0 : seconds * SPARE);
        plan.forEach((measurement, blocks) -> blocks.forEach(block -> turns.run(measurement, block, results)));
        progress.clear();
        boolean everything = only.isEmpty() && rows.isEmpty() && scenario == ALL;
        Report report = Targets.judge(new Report(machine, mode(setting) + (everything ? "" : ", a selection of scenarios"), started.toString(),
                progress.seconds(), List.of(others, Others.processors()), results.stolen(), List.of(), Report.sections(measurements, results), results.failures()));
        List<Path> written = new Output(directory == null ? Site.root().resolve("bench/target/report") : directory).write(report, docs || everything && !quick);
        conclude(report, written);
        return 0;
    }

    private void add() throws IOException {
        try {
            tell(Output.add(added));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--add " + added + ": " + e.getMessage());
        }
    }

    private List<Measurement> chosen() {
        List<Measurement> all = Measurements.all();
        Set<String> names = all.stream().map(Measurement::name).collect(Collectors.toSet());
        only.stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> refuse("--only", name));
        return all.stream().filter(measurement -> only.isEmpty() || only.contains(measurement.name())).toList();
    }

    private Setting setting() {
        Map<String, Subject> byOption = Arrays.stream(Subject.values()).collect(Collectors.toMap(Subject::option, subject -> subject));
        EnumSet<Subject> subjects = rows.isEmpty() ? EnumSet.allOf(Subject.class) : EnumSet.noneOf(Subject.class);
        for (String row : rows) {
            if (!byOption.containsKey(row)) {
                refuse("--rows", row);
            }
            subjects.add(byOption.get(row));
        }
        if (rounds != null && (rounds < 1 || rounds > 50)) {
            throw new ParameterException(command.commandLine(), "--rounds must be from 1 to 50, not " + rounds);
        }
        // what is not compiled yet says nothing: one round of warm code is worth more than several of cold
        return new Setting(quick, rounds != null ? rounds : quick ? 1 : 3, quick ? 1.5 : 3.0, quick ? 0.3 : 0.6, subjects);
    }

    private void refuse(String option, String name) {
        throw new ParameterException(command.commandLine(), option + ": there is no " + name + "; --list names what there is");
    }

    private static String mode(Setting setting) {
        return (setting.quick() ? "quick mode" : "full mode") + ", " + setting.rounds() + (setting.rounds() == 1 ? " round" : " rounds");
    }

    private void announce(Machine machine, Setting setting, Map<Measurement, List<Block>> plan, double seconds, double others) {
        List<String> missing = new ArrayList<>(List.of("strace", "wrk", "perf"));
        missing.removeIf(Site::has);
        out.printf(Locale.ROOT, "%d x %s, %s, %s, commit %s%n%s; %d blocks of %d measurements; about %s in all%s, on 127.0.0.1 only%n",
                machine.cores(), machine.cpu(), machine.kernel(), machine.jdk(), machine.commit(), mode(setting),
                plan.values().stream().mapToInt(List::size).sum(), plan.size(), duration(seconds),
                quick ? "" : String.format(Locale.ROOT, ", %.0f %% more where the host takes time away", 100 * SPARE));
        if (Report.disturbs(others)) {
            out.printf(Locale.ROOT, "Others keep %.1f processors busy: trust the counts, not the times%n", others);
        }
        missing.forEach(tool -> out.println(tool + " is not installed: what needs it is left out; bench/install-tools.sh installs it"));
        TracedCalls.hindrance().ifPresent(hindrance -> out.println(hindrance + "; what needs that is left out"));
    }

    private static Optional<String> disturbance() throws IOException, InterruptedException {
        double others = Others.processors();
        return Report.disturbs(others) ? Optional.of(String.format(Locale.ROOT, "%.1f processors are busy", others)) : Optional.empty();
    }

    private static String duration(double seconds) {
        return seconds < 100 ? Math.round(seconds) + " s" : Math.round(seconds / 60) + " min";
    }

    private void conclude(Report report, List<Path> written) {
        for (Verdict verdict : report.verdicts()) {
            if (verdict.met() != null) {
                out.printf(Locale.ROOT, "  %-25s %-60s %-26s %s: %.2f%s (%s)%n", verdict.word(), verdict.what(), verdict.subject(), verdict.aim(),
                        verdict.reached(), verdict.limit() == null ? "" : String.format(Locale.ROOT, ", limit %.2f", verdict.limit()), verdict.where());
            }
        }
        report.failures().forEach(failure -> out.printf("  %-25s %s%n", "FAILED", failure.text()));
        out.printf("%d s%s%n", report.seconds(), report.stolenInWords() + (report.disturbed() ? ": trust the counts, not the times" : ""));
        tell(written);
    }

    private void tell(List<Path> written) {
        written.forEach(file -> out.println("  " + Site.root().relativize(file.toAbsolutePath())));
    }
}
