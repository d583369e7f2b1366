// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.provider.kernel.Call;
import io.kevent.provider.kernel.Events;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Keys without options report exactly what is ready and waited for, in whatever way the core has them watched. */
class LevelModelTest {
    private static final int KEYS = 6;
    private static final int STEPS = 20_000;
    private static final int READS = 4;
    private static final int[] INTERESTS = {0, OP_READ, OP_WRITE, OP_READ | OP_WRITE};
    private static final int[] EVENTS = {Events.IN, Events.OUT, Events.IN | Events.OUT, Events.HUP};

    private final Map<SelectionKey, Integer> ready = new HashMap<>();
    private final List<Read> underWay = new ArrayList<>();
    private SimulatedSelector simulated;
    private SelectionKey[] keys;
    private Random random;

    @BeforeEach
    void open() throws IOException {
        simulated = new SimulatedSelector();
        keys = new SelectionKey[KEYS];
        for (int i = 0; i < KEYS; i++) {
            keys[i] = simulated.register(0);
            ready.put(keys[i], 0);
        }
    }

    @AfterEach
    void close() throws IOException {
        simulated.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eachSelectReportsExactlyWhatIsReadyAndWaitedFor(long seed) throws IOException {
        run(seed, () -> drain(anyKey(), anyEvents()), () -> { });
    }

    /** Reads begin, take and end at any time, several of one channel at once among them, also after the kernel has looked and before the collector hears it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eachSelectReportsExactlyWhatIsReadyAndWaitedForThoughItLearnsFromReads(long seed) throws IOException {
        run(seed, this::drainAndRead, this::readNowAndThen);
    }

    /** Runs at random: changes of interest, arrivals, and what takes it away again; and selects, with what happens while they collect. */
    private void run(long seed, Runnable leaving, Runnable whileCollected) throws IOException {
        random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(3)) {
                case 0:
                    anyKey().interestOps(anyInterest());
                    break;
                case 1:
                    arrive(anyKey(), anyEvents());
                    break;
                default:
                    leaving.run();
                    break;
            }
            if (random.nextBoolean()) {
                int at = step;
                Map<SelectionKey, Integer> before = expected();
                simulated.kernel.onNextCollected(whileCollected);
                Map<SelectionKey, Integer> reported = simulated.select();
                // what was taken meanwhile may have been seen before or after that
                if (!reported.equals(before)) {
                    assertEquals(expected(), reported, () -> "seed " + seed + ", step " + at + ", ready before " + before);
                }
            }
        }
        assertEveryKeyWasAddedOnce();
    }

    private void drainAndRead() {
        drain(anyKey(), anyEvents() & ~Events.IN);
        for (int i = 0; i < READS; i++) {
            read();
        }
    }

    private void readNowAndThen() {
        if (random.nextBoolean()) {
            read();
        }
    }

    private void assertEveryKeyWasAddedOnce() {
        assertEquals(0, simulated.calls.count(Call.REMOVE));
        assertEquals(KEYS, simulated.calls.count(Call.ADD));
    }

    private SelectionKey anyKey() {
        return keys[random.nextInt(KEYS)];
    }

    private int anyEvents() {
        return EVENTS[random.nextInt(EVENTS.length)];
    }

    private int anyInterest() {
        return INTERESTS[random.nextInt(INTERESTS.length)];
    }

    private void arrive(SelectionKey key, int events) {
        simulated.arrive(key, events);
        ready.merge(key, events, (a, b) -> a | b);
    }

    private void drain(SelectionKey key, int events) {
        simulated.drain(key, events);
        ready.merge(key, events, (a, b) -> a & ~b);
    }

    /** A read begins, or one that is under way goes on. */
    private void read() {
        if (underWay.size() < READS && random.nextBoolean()) {
            underWay.add(new Read(anyKey()));
        } else if (!underWay.isEmpty()) {
            Read read = underWay.get(random.nextInt(underWay.size()));
            if (!read.taken) {
                read.take();
            } else {
                read.end();
                underWay.remove(read);
            }
        }
    }

    /** A read that is seen: it begins, takes all or some of what is there, and ends. */
    private final class Read {
        final SelectionKey key;
        final Object begun;
        boolean taken;
        boolean took;
        boolean emptied;

        Read(SelectionKey key) {
            this.key = key;
            this.begun = simulated.beginRead(key);
        }

        void take() {
            taken = true;
            took = (ready.get(key) & Events.IN) != 0;
            emptied = !took || random.nextInt(3) != 0;
            if (emptied) {
                drain(key, Events.IN);
            }
        }

        void end() {
            ReadLearning.endRead(begun, took, emptied);
        }
    }

    private Map<SelectionKey, Integer> expected() {
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
