// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Selector system calls of a child, written down by strace, which may always watch what it has started itself. */
public final class SystemCalls {
    private static final Pattern CALL = Pattern.compile("^(?:\\d+ +)?(\\w+)\\((?:(\\d+)<([^>]*)>)?");

    private final List<Map<Metric, Long>> sections = new ArrayList<>();

    private SystemCalls() {
        sections.add(new EnumMap<>(Metric.class));
    }

    /**
     * The command line to start the child under.
     *
     * @param trace where strace is to write
     * @return the command line's beginning
     * @throws MissingToolException if strace is not installed
     */
    public static List<String> wrapper(Path trace) throws MissingToolException {
        Site.require("strace");
        // a question mark: not every architecture has it
        return List.of("strace", "-f", "--seccomp-bpf", "-y", "-s", "0", "-e", "signal=none", "-o", trace.toString(),
                "-e", "trace=epoll_ctl,?epoll_wait,epoll_pwait,?epoll_pwait2,?poll,ppoll,read,write");
    }

    /**
     * Reads what strace has written.
     *
     * @param trace where it has written
     * @return the calls
     * @throws IOException if it cannot be read
     */
    public static SystemCalls read(Path trace) throws IOException {
        SystemCalls calls = new SystemCalls();
        try (BufferedReader lines = Files.newBufferedReader(trace)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher call = CALL.matcher(line);
                // what does not match is the second half of a call, or the end of a thread
                if (call.find()) {
                    calls.take(call.group(1), call.group(2), call.group(3) == null ? "" : call.group(3));
                }
            }
        }
        return calls;
    }

    private void take(String call, String descriptor, String target) {
        if (call.equals("write") && "1".equals(descriptor)) {
            // a line that the child has written, see Line
            sections.add(new EnumMap<>(Metric.class));
            return;
        }
        Metric metric = metric(call, target);
        if (metric != null) {
            sections.get(sections.size() - 1).merge(metric, 1L, Long::sum);
        }
    }

    private static Metric metric(String call, String target) {
        switch (call) {
            case "epoll_ctl":
                return Metric.EPOLL_CTL;
            case "epoll_wait":
            case "epoll_pwait":
            case "epoll_pwait2":
                return Metric.EPOLL_WAIT;
            case "poll":
            case "ppoll":
                return Metric.POLL;
            default:
                return target.contains("eventfd") ? Metric.EVENTFD : null;
        }
    }

    /**
     * The calls between two lines of the child.
     *
     * @param line how many lines it had written before
     * @param operations what to divide by
     * @return calls per operation, all and each kind apart
     * @throws IOException if the child has not written so many lines
     */
    public Sample afterLine(int line, double operations) throws IOException {
        if (line + 1 >= sections.size()) {
            throw new IOException("strace has seen " + (sections.size() - 1) + " lines only: it may not look into what it has started here");
        }
        Map<Metric, Long> counts = sections.get(line);
        Sample sample = Sample.of(Metric.CALLS, counts.values().stream().mapToLong(Long::longValue).sum() / operations);
        for (Metric kind : List.of(Metric.EPOLL_CTL, Metric.EPOLL_WAIT, Metric.POLL, Metric.EVENTFD)) {
            sample = sample.with(kind, counts.getOrDefault(kind, 0L) / operations);
        }
        return sample;
    }
}
