// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.filter;

import io.kevent.provider.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Signals whose default action ends the process: not while they are watched, and again afterwards. */
class SignalInAJvmTest {
    private static final int ENDED_BY_TERM = 128 + 15;

    @Test
    void defaultActionIsNotTakenWhileTheSignalIsWatched() throws Exception {
        ChildJvm child = ChildJvm.run(SignalledProgram.class, "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        assertEquals(List.of("HUP 1", "INT 1", "TERM 1", "closed"), child.output().lines().toList());
        assertEquals(ENDED_BY_TERM, child.exitCode());
    }
}
