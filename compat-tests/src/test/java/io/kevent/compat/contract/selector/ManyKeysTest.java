// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import java.io.IOException;
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

/** Many keys, many of them ready: more than one call into the kernel brings. */
class ManyKeysTest extends SelectorContract {

    /** More than the 1024 events that the JDK's selector takes from the kernel in one go. */
    private static final int MORE_THAN_A_BATCH = 2_500;

    private final List<Pipe> pipes = new ArrayList<>();

    private Set<SelectionKey> registerSources(int count, int ops) throws IOException {
        Set<SelectionKey> keys = new HashSet<>();
        for (int i = 0; i < count; i++) {
            Pipe pipe = pipe();
            pipes.add(pipe);
            keys.add(pipe.source().register(selector, ops));
        }
        return keys;
    }

    private void writeToAll() throws IOException {
        for (Pipe pipe : pipes) {
            write(pipe, 1);
        }
    }

    private void drainAll() throws IOException {
        for (Pipe pipe : pipes) {
            drain(pipe.source());
        }
    }

    @Test
    void thousandReadyKeysAreReportedTogether() throws IOException {
        Set<SelectionKey> keys = registerSources(1_000, OP_READ);
        writeToAll();
        assertEquals(1_000, selector.select());
        assertEquals(keys, selector.selectedKeys());
        drainAll();
        assertReportsNothing();
    }

    @Test
    void readyKeysBeyondABatchAreAllReported() throws IOException {
        Set<SelectionKey> keys = registerSources(MORE_THAN_A_BATCH, OP_READ);
        writeToAll();
        int updated = 0;
        for (int i = 0; updated < MORE_THAN_A_BATCH && i < 10; i++) {
            updated += selector.select(LONG_MILLIS);
        }
        assertEquals(MORE_THAN_A_BATCH, updated);
        assertEquals(keys, selector.selectedKeys());
        assertEquals(0, selector.selectNow());
    }

    @Test
    void readyKeysBeyondABatchAreNotStarvedByThoseBeforeThem() throws IOException {
        Set<SelectionKey> keys = registerSources(MORE_THAN_A_BATCH, OP_READ);
        writeToAll();
        Set<SelectionKey> seen = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            // nothing is read: all stay ready, and each gets its turn none the less
            assertTrue(selector.select(LONG_MILLIS) > 0);
            seen.addAll(selector.selectedKeys());
            selector.selectedKeys().clear();
        }
        assertEquals(keys, seen);
    }

    @Test
    void actionIsCalledForReadyKeysBeyondABatch() throws IOException {
        Set<SelectionKey> keys = registerSources(MORE_THAN_A_BATCH, OP_READ);
        writeToAll();
        Set<SelectionKey> seen = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            assertTrue(selector.select(seen::add, LONG_MILLIS) > 0);
        }
        assertEquals(keys, seen);
    }

    @Test
    void fewReadyKeysAmongManyIdleOnesAreFound() throws IOException {
        registerSources(3_000, OP_READ);
        for (int i = 0; i < 3_000; i += 100) {
            Pipe pipe = pipes.get(i);
            write(pipe, 1);
            assertReports(pipe.source().keyFor(selector), OP_READ);
            drain(pipe.source());
        }
        assertReportsNothing();
    }

    @Test
    void keysOfBothEndsOfManyPipesAreReported() throws IOException {
        Set<SelectionKey> keys = registerSources(400, OP_READ);
        for (Pipe pipe : pipes) {
            keys.add(pipe.sink().register(selector, OP_WRITE));
        }
        writeToAll();
        assertEquals(800, selector.select());
        assertEquals(keys, selector.selectedKeys());
    }

    @Test
    void interestOfManyKeysIsTurnedOffAndOn() throws IOException {
        Set<SelectionKey> keys = registerSources(1_000, OP_READ);
        writeToAll();
        for (int round = 0; round < 5; round++) {
            assertEquals(1_000, selector.select());
            keys.forEach(key -> key.interestOps(0));
            assertReportsNothing();
            keys.forEach(key -> key.interestOps(OP_READ));
        }
        drainAll();
        assertReportsNothing();
    }

    @Test
    void manyInterestUpdatesBeforeOneSelect() throws IOException {
        Set<SelectionKey> keys = registerSources(100, 0);
        writeToAll();
        for (int i = 0; i < 1_001; i++) {
            int ops = i % 2 == 0 ? OP_READ : 0;
            keys.forEach(key -> key.interestOps(ops));
        }
        assertEquals(100, selector.select());
        assertEquals(keys, selector.selectedKeys());
    }

    @Test
    void everyOtherKeyCancelled() throws IOException {
        List<SelectionKey> keys = new ArrayList<>(registerSources(1_000, OP_READ));
        writeToAll();
        assertEquals(1_000, selector.select());
        for (int i = 0; i < keys.size(); i += 2) {
            keys.get(i).cancel();
        }
        assertEquals(0, selector.selectNow());
        assertEquals(500, selector.keys().size());
        assertEquals(500, selector.selectedKeys().size());
        selector.selectedKeys().clear();
        assertEquals(500, selector.select());
        for (SelectionKey key : selector.selectedKeys()) {
            assertTrue(key.isValid());
        }
    }

    @Test
    void allChannelsClosedAtOnce() throws IOException {
        registerSources(1_000, OP_READ);
        writeToAll();
        assertEquals(1_000, selector.select());
        for (Pipe pipe : pipes) {
            pipe.source().close();
        }
        assertEquals(0, selector.selectNow());
        assertTrue(selector.keys().isEmpty());
        assertTrue(selector.selectedKeys().isEmpty());
    }

    @Test
    void selectorClosedWithManyKeys() throws IOException {
        Set<SelectionKey> keys = registerSources(1_000, OP_READ);
        writeToAll();
        assertEquals(1_000, selector.select());
        selector.close();
        for (SelectionKey key : keys) {
            assertTrue(!key.isValid() && !key.channel().isRegistered());
        }
    }

    @Test
    void selectNowFindsAReadyKeyBehindABatchOfKeysWithInterestOff() throws IOException {
        Set<SelectionKey> keys = registerSources(MORE_THAN_A_BATCH, OP_READ);
        assertEquals(0, selector.selectNow());
        keys.forEach(key -> key.interestOps(0));
        writeToAll();
        SelectionKey wanted = readableKey();
        assertEquals(1, selector.selectNow());
        assertEquals(Set.of(wanted), selector.selectedKeys());
        assertReports(wanted, OP_READ);
    }

    @Test
    void selectFindsAReadyKeyBehindABatchOfKeysWithInterestOff() throws IOException {
        Set<SelectionKey> keys = registerSources(MORE_THAN_A_BATCH, OP_READ);
        assertEquals(0, selector.selectNow());
        keys.forEach(key -> key.interestOps(0));
        writeToAll();
        assertReports(readableKey(), OP_READ);
    }
}
