// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * What a process has used by now.
 *
 * @param cpuNanos processor time, user and system
 * @param switches voluntary context switches of the threads that live
 * @param allocated bytes that these have allocated in the heap, but for the thread that asks
 */
public record Usage(long cpuNanos, long switches, long allocated) {
    private static final String SWITCHES = "voluntary_ctxt_switches:";

    /**
     * Of this process.
     *
     * @return what it has used by now
     */
    public static Usage now() {
        long cpu = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        return new Usage(cpu, allSwitches(), allAllocated());
    }

    /**
     * What was used since.
     *
     * @param before an earlier state of the same process
     * @return the difference
     */
    public Usage since(Usage before) {
        return new Usage(cpuNanos - before.cpuNanos, switches - before.switches, allocated - before.allocated);
    }

    /**
     * For the line to the parent.
     *
     * @return by name
     */
    public Map<String, Long> figures() {
        return Map.of("cpu", cpuNanos, "switches", switches, "allocated", allocated);
    }

    private static long allAllocated() {
        // the name of the method that does the same changed after 17
        @SuppressWarnings("deprecation")
        long self = Thread.currentThread().getId();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] others = Arrays.stream(threads.getAllThreadIds()).filter(id -> id != self).toArray();
        // of a thread that has ended meanwhile it tells -1
        return Arrays.stream(threads.getThreadAllocatedBytes(others)).filter(bytes -> bytes > 0).sum();
    }

    private static long allSwitches() {
        long sum = 0;
        // /proc/self/status tells of the main thread only
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                sum += switches(thread.resolve("status"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum;
    }

    private static long switches(Path status) throws IOException {
        try {
            return Files.readAllLines(status).stream().filter(line -> line.startsWith(SWITCHES))
                    .mapToLong(line -> Long.parseLong(line.substring(SWITCHES.length()).strip())).sum();
        } catch (NoSuchFileException e) {
            // the thread has ended meanwhile
            return 0;
        }
    }
}
