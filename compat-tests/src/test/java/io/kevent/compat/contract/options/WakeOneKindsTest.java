// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.KeventOps;
import io.kevent.compat.support.BackgroundTask;
import io.kevent.compat.support.Link;
import io.kevent.compat.support.Selecting;
import io.kevent.compat.support.Waiting;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_WAKE_ONE;
import static java.nio.channels.SelectionKey.OP_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** OP_WAKE_ONE with several selectors that wait for bytes of one channel, of each kind. */
@Tag("kevent")
@ParameterizedClass
@EnumSource(Link.Kind.class)
class WakeOneKindsTest {

    private static final int SELECTORS = 3;

    private final Link.Kind kind;
    private final List<Selector> selectors = new ArrayList<>();
    private Link link;

    WakeOneKindsTest(Link.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() throws IOException {
        link = Link.open(kind);
    }

    @AfterEach
    void close() throws IOException {
        for (Selector selector : selectors) {
            selector.close();
        }
        link.close();
    }

    @Test
    void bytesWakeOne() throws Exception {
        assertEquals(1, wokenByBytes(OP_READ | OP_WAKE_ONE));
    }

    @Test
    void bytesWakeOneWithEdge() throws Exception {
        assertEquals(1, wokenByBytes(OP_READ | OP_WAKE_ONE | OP_EDGE));
    }

    @Test
    void bytesWakeAllWithoutTheOption() throws Exception {
        assertEquals(SELECTORS, wokenByBytes(OP_READ));
    }

    @Test
    void bytesWakeAllWithoutTheOptionWithEdge() throws Exception {
        assertEquals(SELECTORS, wokenByBytes(OP_READ | OP_EDGE));
    }

    /** Tells how many of the blocked selectors come back by themselves. */
    private int wokenByBytes(int interest) throws Exception {
        List<BackgroundTask<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < SELECTORS; i++) {
            Selector selector = Selector.open();
            selectors.add(selector);
            KeventOps.register(link.source(), selector, interest);
            Selecting.assertSilent(selector);
            waiting.add(BackgroundTask.startAndBlock(selector::select));
        }
        link.send(1);
        Waiting.until("one is woken", () -> waiting.stream().anyMatch(BackgroundTask::isDone));
        for (BackgroundTask<Integer> each : waiting) {
            untilDoneOrBlocked(each);
        }
        // nothing is left for those who sleep on
        assertEquals(1, link.read(10));
        int woken = 0;
        for (int i = 0; i < SELECTORS; i++) {
            selectors.get(i).wakeup();
            woken += waiting.get(i).result();
        }
        return woken;
    }

    private static void untilDoneOrBlocked(BackgroundTask<Integer> task) throws Exception {
        int[] seen = new int[1];
        Waiting.until("a selecting thread ends or stays blocked", () -> {
            StackTraceElement[] stack = task.thread().getStackTrace();
            seen[0] = stack.length > 0 && stack[0].isNativeMethod() ? seen[0] + 1 : 0;
            return task.isDone() || seen[0] == 20;
        });
    }
}
