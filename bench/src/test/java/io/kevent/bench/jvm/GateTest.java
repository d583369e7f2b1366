// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertFalse;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GateTest {
    private final Gate gate = new Gate();

    @Test
    void openOneIsPassedAtOnce() throws InterruptedException {
        gate.open();
        gate.pass();
    }

    @Test
    void whoStandsAtOneThatIsShutPassesWhenItOpens() throws InterruptedException {
        Thread passing = new Thread(() -> {
            try {
                gate.pass();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        passing.start();
        while (passing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        gate.open();
        passing.join(TimeUnit.SECONDS.toMillis(30));
        assertFalse(passing.isAlive(), "it still stands there");
    }
}
