// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selector system calls of a process that runs, counted in the kernel at its tracepoints, by perf. That costs the process some nanoseconds a call, where
 * strace stops it at each: what a server does depends on how often it has to wait, and so on how fast it is.
 */
public final class TracedCalls implements AutoCloseable {
    private static final Path TRACEPOINTS = Path.of("/sys/kernel/tracing/events/syscalls");
    private static final String ENTER = "sys_enter_";
    private static final List<String> CALLS = List.of("epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2", "poll", "ppoll");
    private static final String YIELD = "sched_yield";
    private static final List<String> OF_EVENTFD = List.of("read", "write");
    private static final double MILLIS = 1000;
    private static final Pattern NEEDED = Pattern.compile(ENTER + "(epoll_p?wait2?|write),");

    /**
     * Calls in a second.
     *
     * @param all of all kinds
     * @param needed the waits, and the writes to an eventfd that end one, which no selector can do without
     * @param yields what lets other threads run, and is no call of a selector's alone
     */
    public record Rates(double all, double needed, double yields) {
        /**
         * Calls for each operation.
         *
         * @param operationsPerSecond how many operations there were in a second meanwhile
         * @return all selector calls, the needed ones of them, and the yields
         */
        public Sample per(double operationsPerSecond) {
            return Sample.of(Metric.CALLS_AT_SPEED, all / operationsPerSecond).with(Metric.NEEDED_AT_SPEED, needed / operationsPerSecond)
                    .with(Metric.YIELDS_AT_SPEED, yields / operationsPerSecond);
        }
    }

    private final Perf perf;

    private TracedCalls(Perf perf) {
        this.perf = perf;
    }

    /** How long a process is left to its work before it is counted and after, at least. */
    private static final double SECONDS_BESIDE = 0.5;

    /**
     * How long a process must be at work for {@link #ofTheMiddle}.
     *
     * @param seconds for how long it is counted
     * @return seconds
     */
    public static double secondsAround(double seconds) {
        return seconds + 2 * SECONDS_BESIDE;
    }

    /**
     * Counts in the middle of work that has just begun.
     *
     * @param pid of which process
     * @param seconds for how long
     * @return what it came to
     * @throws IOException if perf is not installed, the kernel lets nobody look, or perf has failed
     * @throws InterruptedException if the thread is interrupted
     */
    public static Rates ofTheMiddle(long pid, double seconds) throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(Math.round(SECONDS_BESIDE * MILLIS));
        try (TracedCalls calls = count(pid, seconds)) {
            return calls.rates();
        }
    }

    /**
     * Tells what stands in the way of counting, but for a missing perf.
     *
     * @return a sentence; empty if the kernel's tracepoints can be read
     */
    public static Optional<String> hindrance() {
        return Files.isReadable(TRACEPOINTS) ? Optional.empty()
                : Optional.of(TRACEPOINTS + " cannot be read: only root may count there, and tracefs must be mounted, which bench/install-tools.sh does");
    }

    /**
     * Begins to count.
     *
     * @param pid of which process
     * @param seconds for how long
     * @return what is to be asked for the calls afterwards, and closed
     * @throws IOException if perf is not installed, or the kernel lets nobody look
     */
    public static TracedCalls count(long pid, double seconds) throws IOException {
        // first: without perf the tracepoints do not matter
        Site.require("perf");
        Optional<String> hindrance = hindrance();
        if (hindrance.isPresent()) {
            throw new IOException(hindrance.get());
        }
        List<String> options = new ArrayList<>(List.of("stat", "-x", ","));
        // not every architecture has them all
        CALLS.stream().filter(call -> Files.exists(TRACEPOINTS.resolve(ENTER + call))).forEach(call -> options.addAll(List.of("-e", event(call))));
        options.addAll(List.of("-e", event(YIELD)));
        String eventfds = eventfds(pid);
        if (!eventfds.isEmpty()) {
            OF_EVENTFD.forEach(call -> options.addAll(List.of("-e", event(call), "--filter", eventfds)));
        }
        return new TracedCalls(Perf.start(options, pid, seconds));
    }

    private static String event(String call) {
        return "syscalls:" + ENTER + call;
    }

    /** Which descriptors of the process are eventfds, as a condition of the kernel's. */
    private static String eventfds(long pid) throws IOException {
        List<String> conditions = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path descriptor : descriptors) {
                if (target(descriptor).contains("eventfd")) {
                    conditions.add("fd==" + descriptor.getFileName());
                }
            }
        }
        return conditions.stream().collect(Collectors.joining("||"));
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            // closed meanwhile
            return "";
        }
    }

    /**
     * Waits until the time is over.
     *
     * @return what it came to
     * @throws IOException if perf has failed
     * @throws InterruptedException if the thread is interrupted
     */
    public Rates rates() throws IOException, InterruptedException {
        try (Stream<String> lines = Files.lines(perf.output("count the calls of the server"), StandardCharsets.UTF_8)) {
            return rates(lines, perf.seconds());
        }
    }

    /** Of what perf prints: a line for each event, the count first, commas between. */
    static Rates rates(Stream<String> lines, double seconds) throws IOException {
        long all = 0;
        long needed = 0;
        long yields = 0;
        for (String line : (Iterable<String>) lines::iterator) {
            if (line.contains(ENTER)) {
                long count = count(line);
                if (line.contains(YIELD)) {
                    yields += count;
                    continue;
                }
                all += count;
                needed += NEEDED.matcher(line).find() ? count : 0;
            }
        }
        return new Rates(all / seconds, needed / seconds, yields / seconds);
    }

    private static long count(String line) throws IOException {
        try {
            return Long.parseLong(line.substring(0, line.indexOf(',')));
        } catch (NumberFormatException e) {
            throw new IOException("perf has not counted: " + line, e);
        }
    }

    @Override
    public void close() throws IOException {
        perf.close();
    }
}
