// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.seed;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** What a thread has come to by some moment. */
record Clock(long events, long nanos, long cpu, long bytes, long switches) {
    static final Clock ZERO = new Clock(0, 0, 0, 0, 0);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Clock now(Ledger ledger, Thread thread) {
        // the name of the method that does the same changed after 17
        @SuppressWarnings("deprecation")
        long id = thread.getId();
        return new Clock(ledger.events(), System.nanoTime(), THREADS.getThreadCpuTime(id), THREADS.getThreadAllocatedBytes(id), 0);
    }

    Clock plus(Clock from, Clock to) {
        return new Clock(events + to.events - from.events, nanos + to.nanos - from.nanos, cpu + to.cpu - from.cpu, bytes + to.bytes - from.bytes, switches);
    }

    /** Voluntary context switches of all threads, which take too long to read for every turn of a loop. */
    Clock switching(long times) {
        return new Clock(events, nanos, cpu, bytes, times);
    }

    Map<String, Long> figures() {
        return Map.of("events", events, "nanos", nanos, "cpu", cpu, "bytes", bytes, "switches", switches);
    }
}
