// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import io.kevent.bench.plan.Steal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The steal time that {@code /proc/stat} tells of all processors; see proc(5). */
public final class HostSteal implements Steal {
    // user, nice, system, idle, iowait, irq, softirq, steal; guests are in user and nice
    private static final int IDLE = 3;
    private static final int IOWAIT = 4;
    private static final int STOLEN = 7;

    private final Path file;

    /** Looks at this machine. */
    public HostSteal() {
        this(Path.of("/proc/stat"));
    }

    HostSteal(Path file) {
        this.file = file;
    }

    @Override
    public DoubleSupplier watch() {
        long[] before = times();
        return () -> {
            long[] now = times();
            long stolen = now[STOLEN] - before[STOLEN];
            long all = LongStream.of(now).sum() - LongStream.of(before).sum() - (now[IDLE] - before[IDLE]) - (now[IOWAIT] - before[IOWAIT]);
            return all > 0 ? (double) stolen / all : 0;
        };
    }

    private long[] times() {
        try (Stream<String> lines = Files.lines(file)) {
            String[] fields = lines.findFirst().orElse("").split(" +");
            return Stream.of(fields).skip(1).limit(STOLEN + 1L).mapToLong(Long::parseLong).toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
