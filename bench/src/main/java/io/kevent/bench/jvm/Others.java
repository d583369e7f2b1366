// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import com.sun.management.OperatingSystemMXBean;
import io.kevent.bench.plan.Stillness;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Who else uses the machine: seen while the bench itself does nothing. The load average would still tell of the build before it, and of the bench after it.
 * The bench's own JVM and what has started it are not others, though they may still be coming up.
 */
public final class Others {
    private static final long LOOK_MILLIS = Math.round(Stillness.SECONDS * 1e3);
    private static final double DIGITS = 100;

    private Others() { }

    /**
     * Looks for a while.
     *
     * @return how many processors others keep busy, 0.5 being half of one
     * @throws IOException if the system does not tell
     * @throws InterruptedException if the thread is interrupted
     */
    public static double processors() throws IOException, InterruptedException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        // each call tells of the time since the one before
        system.getCpuLoad();
        long begun = System.nanoTime();
        Duration before = used();
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        double part = system.getCpuLoad();
        if (!(part >= 0)) {
            throw new IOException("the system does not tell how busy it is");
        }
        double own = (double) used().minus(before).toNanos() / (System.nanoTime() - begun);
        // no more digits than it means
        return Math.round(Math.max(0, part * system.getAvailableProcessors() - own) * DIGITS) / DIGITS;
    }

    /** The processor time of this process and of those above it. */
    private static Duration used() {
        return Stream.iterate(ProcessHandle.current(), Objects::nonNull, process -> process.parent().orElse(null))
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
