// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.Waiting;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Wakeups and interrupts in great number: none is lost, and none hides an event. */
class WakeupRacesTest extends SelectorContract {

    @Test
    void everyInterruptEndsASelect() throws Exception {
        int rounds = 5_000;
        CyclicBarrier turn = new CyclicBarrier(2);
        BackgroundTask<Integer> selecting = BackgroundTask.start(() -> {
            int done = 0;
            for (; done < rounds; done++) {
                turn.await();
                selector.select();
                Waiting.until("the interrupt that ended the select", Thread::interrupted);
                // takes the wakeup that an interrupt just before the select may have left
                selector.selectNow();
            }
            return done;
        });
        for (int i = 0; i < rounds; i++) {
            turn.await();
            selecting.thread().interrupt();
        }
        assertEquals(rounds, selecting.result());
    }

    @Test
    void noWakeupIsLost() throws Exception {
        int rounds = 50_000;
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        BackgroundTask<Void> selecting = BackgroundTask.start(task(() -> {
            while (answered.get() < rounds) {
                selector.select();
                answered.set(asked.get());
            }
        }));
        for (int i = 1; i <= rounds; i++) {
            asked.set(i);
            selector.wakeup();
            long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
            while (answered.get() < i) {
                assertTrue(System.nanoTime() - deadline < 0, "wakeup " + i + " is lost");
                Thread.onSpinWait();
            }
        }
        selecting.result();
    }

    @Test
    void stormOfWakeupsHidesNoEvent() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Pipe pipe = pipe();
        pipe.source().register(selector, OP_READ);
        List<BackgroundTask<Void>> storm = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            storm.add(BackgroundTask.start(task(() -> {
                while (!done.get()) {
                    selector.wakeup();
                }
            })));
        }
        try {
            for (int round = 0; round < 2_000; round++) {
                write(pipe, 1);
                int found = 0;
                while (found == 0) {
                    found = selector.select(LONG_MILLIS);
                }
                selector.selectedKeys().clear();
                assertEquals(1, drain(pipe.source()));
            }
        } finally {
            done.set(true);
        }
        for (BackgroundTask<Void> task : storm) {
            task.result();
        }
        selector.selectNow();
        assertReportsNothing();
    }
}
