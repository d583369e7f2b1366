// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class TracedCallsTest {

    @Test
    void waitsAndWritesAreSummedUpApart() throws IOException {
        assertEquals(new TracedCalls.Rates(1167 / 2.0, 107 / 2.0, 30 / 2.0), TracedCalls.rates(Stream.of("# started on some day", "",
                "1000,,syscalls:sys_enter_epoll_ctl,5001,100.00,,", "100,,syscalls:sys_enter_epoll_wait,5001,100.00,,",
                "30,,syscalls:sys_enter_sched_yield,5001,100.00,,", "60,,syscalls:sys_enter_read,5001,100.00,,", "7,,syscalls:sys_enter_write,5001,100.00,,"), 2));
    }

    @Test
    void whatWasNotCountedIsNoZero() {
        assertThrows(IOException.class, () -> TracedCalls.rates(Stream.of("<not counted>,,syscalls:sys_enter_poll,0,0.00,,"), 1));
    }
}
