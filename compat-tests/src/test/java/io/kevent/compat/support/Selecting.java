// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.support;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

/** Selects with a bound: a lost event fails the test that waits for it instead of hanging it, an event too many fails the test that expects none. */
public final class Selecting {

    /** How long a selector is watched before it counts as silent. Loopback delivers within the call that sends, so nothing is under way by then. */
    private static final long SILENCE_MILLIS = 30;

    private Selecting() { }

    /** Waits until a key is reported, takes it out of the selected set and tells its ready set. */
    public static int report(SelectionKey key) throws IOException {
        long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
        Selector selector = key.selector();
        while (true) {
            selector.select(Waiting.LIMIT.toMillis());
            if (selector.selectedKeys().remove(key)) {
                return key.readyOps();
            }
            if (System.nanoTime() - deadline > 0) {
                fail("not reported within " + Waiting.LIMIT.toSeconds() + " s: " + key);
            }
        }
    }

    /** Waits until a key is reported with all of the given operations; reports of fewer that come before are passed over. */
    public static void untilReported(SelectionKey key, int ops) throws IOException {
        long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
        while ((report(key) & ops) != ops) {
            if (System.nanoTime() - deadline > 0) {
                fail("ready set " + ops + " not within " + Waiting.LIMIT.toSeconds() + " s: " + key);
            }
        }
    }

    /** Nothing is reported, neither at once nor a moment later. */
    public static void assertSilent(Selector selector) throws IOException {
        assertEquals(0, selector.selectNow(), "keys reported at once");
        assertEquals(0, selector.select(SILENCE_MILLIS), "keys reported a moment later");
        assertEquals(Set.of(), selector.selectedKeys(), "selected keys");
    }
}
