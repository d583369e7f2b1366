// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.selector;

import io.kevent.compat.support.LoopbackPair;
import io.kevent.compat.support.Waiting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A fresh selector for each test, a place to put what is to be closed after it, and the two questions that most tests ask. */
abstract class SelectorContract {

    /** For a select that is expected to find something. */
    static final long LONG_MILLIS = Waiting.LIMIT.toMillis();

    /** For a select that is expected to find nothing: a wrong event is there at once. */
    static final long SHORT_MILLIS = 40;

    interface Work {
        void run() throws Exception;
    }

    Selector selector;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @BeforeEach
    final void openSelector() throws IOException {
        selector = closeLater(Selector.open());
        prepare();
    }

    /** What a test class wants to happen before its keys are registered. */
    void prepare() throws IOException { }

    @AfterEach
    final void closeWhatTheTestOpened() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    final <T extends AutoCloseable> T closeLater(T resource) {
        opened.push(resource);
        return resource;
    }

    final LoopbackPair pair() throws IOException {
        return closeLater(LoopbackPair.open());
    }

    /** A pipe with both ends in non-blocking mode. */
    final Pipe pipe() throws IOException {
        Pipe pipe = Pipe.open();
        closeLater(pipe.source()).configureBlocking(false);
        closeLater(pipe.sink()).configureBlocking(false);
        return pipe;
    }

    /** The key of a pipe's source with something to read in it. */
    final SelectionKey readableKey() throws IOException {
        Pipe pipe = pipe();
        write(pipe, 1);
        return pipe.source().register(selector, SelectionKey.OP_READ);
    }

    static Callable<Void> task(Work work) {
        return () -> {
            work.run();
            return null;
        };
    }

    static void write(Pipe pipe, int count) throws IOException {
        assertEquals(count, pipe.sink().write(ByteBuffer.allocate(count)));
    }

    /** Reads what there is; tells how much it was. */
    static int drain(SelectableChannel source) throws IOException {
        int total = 0;
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        for (int n = read(source, bytes); n > 0; n = read(source, bytes.clear())) {
            total += n;
        }
        return total;
    }

    private static int read(SelectableChannel source, ByteBuffer bytes) throws IOException {
        return ((ReadableByteChannel) source).read(bytes);
    }

    /** Selects with an empty selected-key set: exactly this key comes, with exactly these operations. */
    final void assertReports(SelectionKey key, int ops) throws IOException {
        selector.selectedKeys().clear();
        assertEquals(1, selector.select(LONG_MILLIS), "keys updated");
        assertEquals(1, selector.selectedKeys().size(), "keys selected");
        assertSame(key, selector.selectedKeys().iterator().next());
        assertEquals(ops, key.readyOps(), "ready operations");
    }

    /** Selects with an empty selected-key set: nothing comes, and not before the time is up. */
    final void assertReportsNothing() throws IOException {
        selector.selectedKeys().clear();
        assertBlocks();
        assertTrue(selector.selectedKeys().isEmpty(), "nothing is selected");
    }

    /** Selects with the selected-key set as it is: no key is updated, and the select does not return before the time is up. */
    final void assertBlocks() throws IOException {
        long start = System.nanoTime();
        assertEquals(0, selector.select(SHORT_MILLIS), "keys updated");
        assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(SHORT_MILLIS), "select returned before its time was up");
    }
}
