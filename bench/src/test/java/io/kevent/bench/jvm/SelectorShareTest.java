// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class SelectorShareTest {
    private static final String SAMPLES = """
            qtp-1
            \tffffffff81602a3b ep_insert
            \tffffffff816051e4 do_epoll_ctl
            \tffffffff816057e0 __x64_sys_epoll_ctl

            qtp-2
            \tffffffff81602a3b ep_poll_callback
            \tffffffff816051e4 tcp_data_queue
            \tffffffff816057e0 __x64_sys_write

            qtp-3

            qtp-1
            \tffffffff81602a3b schedule
            \tffffffff816051e4 ep_poll
            """;

    @Test
    void samplesWithinCallsOfSelectorsAreCountedOnce() throws IOException {
        assertEquals(50, SelectorShare.percent(SAMPLES.lines()));
    }

    @Test
    void nothingSampledIsNoShare() {
        assertThrows(IOException.class, () -> SelectorShare.percent(Stream.empty()));
    }
}
