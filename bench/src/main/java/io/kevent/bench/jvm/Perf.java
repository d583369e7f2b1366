// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** perf, looking at a process for a while. */
final class Perf implements AutoCloseable {
    private static final int SECONDS_MORE = 30;

    private final Path output;
    private final Process process;
    private final double seconds;

    private Perf(Path output, Process process, double seconds) {
        this.output = output;
        this.process = process;
        this.seconds = seconds;
    }

    /** Begins; the options say what to do, and nothing of where the output goes, which process it is and for how long. */
    static Perf start(List<String> options, long pid, double seconds) throws IOException {
        Site.require("perf");
        Path output = Files.createTempFile(Site.temporary(), "kevent-bench-", ".perf");
        List<String> command = new ArrayList<>(List.of("perf"));
        command.addAll(options);
        command.addAll(List.of("-o", output.toString(), "-p", Long.toString(pid), "--", "sleep", Double.toString(seconds)));
        return new Perf(output, new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start(), seconds);
    }

    double seconds() {
        return seconds;
    }

    /** Waits until the time is over; fails as perf does where the kernel lets nobody look. */
    Path output(String purpose) throws IOException, InterruptedException {
        if (!process.waitFor((long) seconds + SECONDS_MORE, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("perf could not " + purpose);
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(output);
    }
}
