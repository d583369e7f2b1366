// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import io.kevent.KeventOps;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** The action of a select throws: what was found and not reported yet is reported by the next select. */
class ThrowingActionTest {
    private static final int KEYS = 8;

    /** What a test is run with. */
    private static final class Case {
        final boolean real;
        final int options;
        final boolean edgeTriggered;
        final Throwable thrown;

        Case(boolean real, int options, boolean edgeTriggered, Throwable thrown) {
            this.real = real;
            this.options = options;
            this.edgeTriggered = edgeTriggered;
            this.thrown = thrown;
        }

        ReadySource open() throws IOException {
            return real ? ReadySource.real() : ReadySource.simulated();
        }

        @Override
        public String toString() {
            return (real ? "real kernel" : "simulated kernel") + ", options " + KeventOps.toString(options)
                    + (edgeTriggered ? ", edge-triggered by habit, " : ", ") + thrown.getClass().getSimpleName();
        }
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (boolean real : new boolean[] {false, true}) {
            for (Throwable thrown : new Throwable[] {new IllegalStateException("by the test"), new AssertionError("by the test")}) {
                cases.add(Arguments.of(new Case(real, 0, true, thrown)));
                for (int options : new int[] {0, OP_EDGE, OP_DISPATCH, OP_ONESHOT, OP_EDGE | OP_DISPATCH, OP_EDGE | OP_ONESHOT}) {
                    cases.add(Arguments.of(new Case(real, options, false, thrown)));
                }
            }
        }
        return cases.stream();
    }

    private static List<SelectionKey> readableKeys(Case with, ReadySource source) throws IOException {
        List<SelectionKey> keys = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            SelectionKey key = source.register(OP_READ | with.options);
            keys.add(key);
            source.selector().selectNow();
            if (with.edgeTriggered) {
                makeEdgeTriggered(key, source);
            }
        }
        for (SelectionKey key : keys) {
            source.makeReadable(key);
        }
        return keys;
    }

    private static void makeEdgeTriggered(SelectionKey key, ReadySource source) throws IOException {
        key.interestOps(0);
        source.selector().selectNow();
        source.makeReadable(key);
        source.selector().selectNow();
        source.drain(key);
        key.interestOps(OP_READ);
        source.selector().selectNow();
    }

    /** Selects with an action that throws at the given call. */
    private static Set<SelectionKey> selectAndThrow(ReadySource source, int at, Throwable toThrow) {
        Set<SelectionKey> reported = new HashSet<>();
        Throwable thrown = assertThrows(toThrow.getClass(), () -> source.selector().selectNow(key -> {
            reported.add(key);
            if (reported.size() == at) {
                ThrowingActionTest.<RuntimeException>sneak(toThrow);
            }
        }));
        assertSame(toThrow, thrown);
        return reported;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static Set<SelectionKey> select(ReadySource source) throws IOException {
        Set<SelectionKey> reported = new HashSet<>();
        source.selector().selectNow((SelectionKey key) -> reported.add(key));
        return reported;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void keysNotReportedYetAreReportedByTheNextSelect(Case with) throws IOException {
        try (ReadySource source = with.open()) {
            Set<SelectionKey> all = new HashSet<>(readableKeys(with, source));
            Set<SelectionKey> reported = selectAndThrow(source, 3, with.thrown);
            assertEquals(3, reported.size());
            reported.addAll(select(source));
            assertEquals(all, reported);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void keysAreReportedThoughEachSelectThrows(Case with) throws IOException {
        try (ReadySource source = with.open()) {
            Set<SelectionKey> left = new HashSet<>(readableKeys(with, source));
            for (int i = 0; i < KEYS; i++) {
                for (SelectionKey key : selectAndThrow(source, 1, with.thrown)) {
                    left.remove(key);
                    source.drain(key);
                }
            }
            assertEquals(Set.of(), left);
            assertEquals(Set.of(), select(source));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatIsDrainedBeforeTheNextSelectIsNotReported(Case with) throws IOException {
        try (ReadySource source = with.open()) {
            List<SelectionKey> keys = readableKeys(with, source);
            selectAndThrow(source, 1, with.thrown);
            for (SelectionKey key : keys) {
                source.drain(key);
            }
            assertEquals(Set.of(), select(source));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nextArrivalIsReportedAsEver(Case with) throws IOException {
        try (ReadySource source = with.open()) {
            List<SelectionKey> keys = readableKeys(with, source);
            selectAndThrow(source, 1, with.thrown);
            select(source);
            for (SelectionKey key : keys) {
                source.drain(key);
                key.interestOps(OP_READ | with.options);
            }
            select(source);
            for (SelectionKey key : keys) {
                source.makeReadable(key);
            }
            assertEquals(new HashSet<>(keys), select(source));
        }
    }
}
