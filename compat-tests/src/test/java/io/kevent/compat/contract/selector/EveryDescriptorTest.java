// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** All the descriptors that the process may have, registered with one selector. */
class EveryDescriptorTest extends SelectorContract {

    /** What the JVM and JUnit may want to open meanwhile. */
    private static final int RESERVE = 200;
    /** Enough to be sure of the point where the limit is none. */
    private static final int MOST = 40_000;

    private final UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @Test
    void allDescriptorsCanBeRegisteredAndEachReportsItsOwnEvents() throws IOException {
        long free = Math.min(system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - RESERVE, MOST);
        List<Pipe> pipes = new ArrayList<>();
        Set<SelectionKey> sinks = new HashSet<>();
        for (int i = 0; i < free / 2; i++) {
            Pipe pipe = pipe();
            pipes.add(pipe);
            pipe.source().register(selector, OP_READ);
            sinks.add(pipe.sink().register(selector, OP_WRITE));
        }
        assertEquals(2 * pipes.size(), selector.keys().size());

        Set<SelectionKey> writable = new HashSet<>();
        while (writable.size() < sinks.size()) {
            assertTrue(selector.select(LONG_MILLIS) > 0, "every sink is writable, and is reported sooner or later");
            writable.addAll(selector.selectedKeys());
            selector.selectedKeys().clear();
        }
        assertEquals(sinks, writable);

        sinks.forEach(sink -> sink.interestOps(0));
        Set<SelectionKey> expected = new HashSet<>();
        for (Pipe pipe : List.of(pipes.get(0), pipes.get(pipes.size() / 2), pipes.get(pipes.size() - 1))) {
            write(pipe, 1);
            expected.add(pipe.source().keyFor(selector));
        }
        assertEquals(expected.size(), selector.select(LONG_MILLIS));
        assertEquals(expected, selector.selectedKeys());
    }
}
