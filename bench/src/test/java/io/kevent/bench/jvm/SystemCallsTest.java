// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import io.kevent.bench.plan.Metric;
import io.kevent.bench.plan.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class SystemCallsTest {
    private static final String TRACE = """
            10 epoll_ctl(5<anon_inode:[eventpoll]>, EPOLL_CTL_ADD, 6<socket:[1]>, {}) = 0
            10 write(1<pipe:[2]>, ""..., 5) = 5
            11 epoll_wait(5<anon_inode:[eventpoll]>, [], 1024, -1) = 1
            11 epoll_ctl(5<anon_inode:[eventpoll]>, EPOLL_CTL_MOD, 6<socket:[1]>, {}) = 0
            10 write(7<anon_inode:[eventfd]>, ""..., 8 <unfinished ...>
            10 <... write resumed>) = 8
            11 read(6<socket:[1]>, ""..., 10) = 10
            11 poll([{fd=6<socket:[1]>, events=POLLIN}], 1, 0) = 0
            10 write(1<pipe:[2]>, ""..., 5) = 5
            10 epoll_ctl(5<anon_inode:[eventpoll]>, EPOLL_CTL_DEL, 6<socket:[1]>, {}) = 0
            """;

    @TempDir
    Path directory;

    @Test
    void callsBetweenTwoLinesAreCounted() throws IOException {
        Path trace = Files.writeString(directory.resolve("trace"), TRACE);
        Sample sample = SystemCalls.read(trace).afterLine(1, 2);
        assertEquals(2, sample.values().get(Metric.CALLS));
        assertEquals(0.5, sample.values().get(Metric.EPOLL_CTL));
        assertEquals(0.5, sample.values().get(Metric.EPOLL_WAIT));
        assertEquals(0.5, sample.values().get(Metric.POLL));
        assertEquals(0.5, sample.values().get(Metric.EVENTFD));
    }

    @Test
    void missingLinesAreNoticed() throws IOException {
        Path trace = Files.writeString(directory.resolve("trace"), TRACE);
        assertThrows(IOException.class, () -> SystemCalls.read(trace).afterLine(2, 1));
    }
}
