// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.Events;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Keys without options report exactly what is ready and waited for, in whatever way the core has them watched. */
class LevelModelTest {
    private static final int KEYS = 6;
    private static final int STEPS = 20_000;
    private static final int[] INTERESTS = {0, OP_READ, OP_WRITE, OP_READ | OP_WRITE};
    private static final int[] EVENTS = {Events.IN, Events.OUT, Events.IN | Events.OUT, Events.HUP};

    private final Map<SelectionKey, Integer> ready = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eachSelectReportsExactlyWhatIsReadyAndWaitedFor(long seed) throws IOException {
        Random random = new Random(seed);
        try (SimulatedSelector simulated = new SimulatedSelector()) {
            SelectionKey[] keys = new SelectionKey[KEYS];
            for (int i = 0; i < KEYS; i++) {
                keys[i] = simulated.register(0);
                ready.put(keys[i], 0);
            }
            for (int step = 0; step < STEPS; step++) {
                SelectionKey key = keys[random.nextInt(KEYS)];
                change(simulated, key, random);
                if (random.nextBoolean()) {
                    int at = step;
                    assertEquals(expected(keys), simulated.select(), () -> "seed " + seed + ", step " + at);
                }
            }
            assertEquals(0, simulated.calls.count(Call.REMOVE));
            assertEquals(KEYS, simulated.calls.count(Call.ADD));
        }
    }

    private void change(SimulatedSelector simulated, SelectionKey key, Random random) {
        int events = EVENTS[random.nextInt(EVENTS.length)];
        switch (random.nextInt(3)) {
            case 0:
                key.interestOps(INTERESTS[random.nextInt(INTERESTS.length)]);
                break;
            case 1:
                simulated.arrive(key, events);
                ready.merge(key, events, (a, b) -> a | b);
                break;
            default:
                simulated.drain(key, events);
                ready.merge(key, events, (a, b) -> a & ~b);
                break;
        }
    }

    private Map<SelectionKey, Integer> expected(SelectionKey[] keys) {
        Map<SelectionKey, Integer> expected = new HashMap<>();
        for (SelectionKey key : keys) {
            int events = ready.get(key);
            int ops = (events & Events.HUP) != 0 ? key.interestOps()
                    : key.interestOps() & ((events & Events.IN) != 0 ? OP_READ : 0) | key.interestOps() & ((events & Events.OUT) != 0 ? OP_WRITE : 0);
            if (ops != 0) {
                expected.put(key, ops);
            }
        }
        return expected;
    }
}
