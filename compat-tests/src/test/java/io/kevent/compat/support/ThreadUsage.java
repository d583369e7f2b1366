// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.support;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What the current thread has cost the machine: who waits in the kernel costs nothing, however busy the machine is. */
public final class ThreadUsage {

    private static final Path STATUS = Path.of("/proc/thread-self/status");
    private static final String WAITS = "voluntary_ctxt_switches:";

    private ThreadUsage() { }

    /** The processor time that the current thread has used. */
    public static long cpuMillis() {
        return TimeUnit.NANOSECONDS.toMillis(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    /** How often the current thread has gone to sleep, which is how often it has been woken. */
    public static long waits() throws IOException {
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(WAITS)) {
                return Long.parseLong(line.substring(WAITS.length()).strip());
            }
        }
        throw new IOException("no " + WAITS + " in " + STATUS);
    }
}
