// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.queue;

import io.kevent.provider.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Virtual threads that wait for events. */
class VirtualThreadsTest {

    @Test
    void threadsThatWaitLeaveTheirOnlyCarrier() throws Exception {
        assumeTrue(Runtime.version().feature() >= 24, "virtual threads that wait without their carrier came with JDK 24");
        ChildJvm child = ChildJvm.run(VirtualThreadsProgram.class, "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1");
        assertEquals(List.of("told=20"), child.output().lines().toList());
        assertEquals(0, child.exitCode());
    }
}
