// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which part of a process's CPU time goes into the system calls of selectors, sampled by perf in the kernel. */
public final class SelectorShare implements AutoCloseable {
    private static final Pattern OF_SELECTOR = Pattern.compile("epoll_ctl|epoll_p?wait|ep_poll$|sys_p?poll|eventfd_(read|write)");
    private static final double WHOLE = 100;
    private static final int SAMPLES_PER_SECOND = 997;

    private final Perf perf;

    private SelectorShare(Perf perf) {
        this.perf = perf;
    }

    /**
     * Begins to sample.
     *
     * @param pid of which process
     * @param seconds for how long
     * @return what is to be asked for the share afterwards, and closed
     * @throws IOException if perf is not installed or does not start
     */
    public static SelectorShare sample(long pid, double seconds) throws IOException {
        return new SelectorShare(Perf.start(List.of("record", "-q", "-e", "cpu-clock", "-F", Integer.toString(SAMPLES_PER_SECOND), "-g",
                "--kernel-callchains"), pid, seconds));
    }

    /**
     * Waits until the time of the samples is over.
     *
     * @return the share, in percent
     * @throws IOException if perf has failed, as it does where the kernel lets nobody look at it
     * @throws InterruptedException if the thread is interrupted
     */
    public double percent() throws IOException, InterruptedException {
        String samples = perf.output("sample the server").toString();
        Process script = new ProcessBuilder("perf", "script", "-i", samples, "-F", "comm,ip,sym")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (Stream<String> lines = script.inputReader(StandardCharsets.UTF_8).lines()) {
            return percent(lines);
        } finally {
            script.destroyForcibly();
        }
    }

    /** Of what perf prints: for each sample a line with the thread's name, one with each function, the innermost first, and an empty one. */
    static double percent(Stream<String> lines) throws IOException {
        long all = 0;
        long ofSelector = 0;
        boolean counted = false;
        for (String line : (Iterable<String>) lines::iterator) {
            if (line.isBlank()) {
                continue;
            }
            if (!Character.isWhitespace(line.charAt(0))) {
                all++;
                counted = false;
            } else if (!counted && OF_SELECTOR.matcher(line.strip()).find()) {
                ofSelector++;
                counted = true;
            }
        }
        if (all == 0) {
            throw new IOException("perf has seen nothing of the server");
        }
        return WHOLE * ofSelector / all;
    }

    @Override
    public void close() throws IOException {
        perf.close();
    }
}
