// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.selector;

import com.sun.management.ThreadMXBean;
import io.kevent.KeventOps;
import io.kevent.provider.kernel.JdkKernel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A select in the steady state allocates nothing. */
class AllocationTest {
    private static final int KEYS = 8;
    private static final int ROUNDS = 20_000;
    private static final int ATTEMPTS = 10;

    /** For all rounds together: what the JVM itself allocates on a thread once in a while, when it compiles or links what the thread runs. */
    private static final long TOLERATED = ROUNDS / 10;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Pipe[] pipes = new Pipe[KEYS];
    private final SelectionKey[] keys = new SelectionKey[KEYS];
    private final ByteBuffer one = ByteBuffer.allocateDirect(1);
    private Selector selector;
    private int seen;

    /** What a round does; not {@code Runnable}, since it throws. */
    private interface Round {
        void run() throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        selector = new KeventSelector(SelectorProvider.provider(), JdkKernel.INSTANCE);
        for (int i = 0; i < KEYS; i++) {
            pipes[i] = Pipe.open();
            pipes[i].source().configureBlocking(false);
            keys[i] = pipes[i].source().register(selector, OP_READ);
        }
    }

    @AfterEach
    void close() throws IOException {
        selector.close();
        for (Pipe pipe : pipes) {
            pipe.sink().close();
            pipe.source().close();
        }
    }

    /**
     * Repeats the measurement until one shows no allocation: the first ones are warm-up, and a compiler that gives up an optimisation makes the thread
     * allocate for a while. What allocates by design does so in each of them.
     */
    private void assertAllocatesNothing(Round round) throws IOException {
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && least > TOLERATED; attempt++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < ROUNDS; i++) {
                round.run();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        long bytes = least;
        assertTrue(seen > 0, "nothing was reported");
        assertTrue(bytes <= TOLERATED, () -> bytes + " bytes in " + ROUNDS + " rounds");
    }

    private void makeReadable() throws IOException {
        for (Pipe pipe : pipes) {
            one.clear();
            pipe.sink().write(one);
        }
    }

    private void drain() throws IOException {
        for (Pipe pipe : pipes) {
            one.clear();
            pipe.source().read(one);
        }
    }

    @Test
    void selectIntoTheKeySet() throws IOException {
        makeReadable();
        Set<SelectionKey> selected = selector.selectedKeys();
        Consumer<SelectionKey> count = key -> seen++;
        assertAllocatesNothing(() -> {
            selector.select();
            selected.forEach(count);
            selected.clear();
        });
    }

    @Test
    void walkOverTheKeySetThatIsClearedAfterwards() throws IOException {
        makeReadable();
        assertAllocatesNothing(() -> {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                seen += key.readyOps();
            }
            selector.selectedKeys().clear();
        });
    }

    @Test
    void walkThatTakesEachKeyOutOfTheKeySet() throws IOException {
        makeReadable();
        assertAllocatesNothing(() -> {
            selector.select();
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext();) {
                seen += keys.next().readyOps();
                keys.remove();
            }
        });
    }

    @Test
    void secondWalkOverTheKeySet() throws IOException {
        makeReadable();
        assertAllocatesNothing(() -> {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                seen += key.readyOps();
            }
            for (SelectionKey key : selector.selectedKeys()) {
                seen += key.readyOps();
            }
            selector.selectedKeys().clear();
        });
    }

    @Test
    void selectWithAnAction() throws IOException {
        makeReadable();
        Consumer<SelectionKey> count = key -> seen++;
        assertAllocatesNothing(() -> selector.select(count));
    }

    @Test
    void selectNowThatFindsNothing() throws IOException {
        seen = 1;
        assertAllocatesNothing(() -> selector.selectNow());
    }

    @Test
    void selectWithATimeoutOfKeysThatArriveAndAreDrained() throws IOException {
        Consumer<SelectionKey> count = key -> seen++;
        assertAllocatesNothing(() -> {
            makeReadable();
            selector.select(count, 1000);
            drain();
        });
    }

    @Test
    void cycleOfOffAndOn() throws IOException {
        Consumer<SelectionKey> off = key -> {
            seen++;
            key.interestOps(0);
        };
        assertAllocatesNothing(() -> {
            makeReadable();
            selector.select(off);
            selector.selectNow(off);
            drain();
            for (SelectionKey key : keys) {
                key.interestOps(OP_READ);
            }
            selector.selectNow(off);
        });
    }

    @Test
    void dispatchAndEnable() throws IOException {
        Consumer<SelectionKey> count = key -> seen++;
        makeReadable();
        assertAllocatesNothing(() -> {
            for (SelectionKey key : keys) {
                key.interestOps(OP_READ | KeventOps.OP_DISPATCH);
            }
            selector.select(count);
        });
    }

    @Test
    void edges() throws IOException {
        Consumer<SelectionKey> count = key -> seen++;
        for (SelectionKey key : keys) {
            key.interestOps(OP_READ | KeventOps.OP_EDGE);
        }
        assertAllocatesNothing(() -> {
            makeReadable();
            selector.select(count);
            drain();
        });
    }

    @Test
    void wakeup() throws IOException {
        seen = 1;
        assertAllocatesNothing(() -> {
            selector.wakeup();
            selector.select();
        });
    }

    @Test
    void writeInterestThatComesAndGoes() throws IOException {
        Consumer<SelectionKey> count = key -> seen++;
        pipes[0].sink().configureBlocking(false);
        SelectionKey sink = pipes[0].sink().register(selector, OP_WRITE);
        assertAllocatesNothing(() -> {
            sink.interestOpsOr(OP_WRITE);
            selector.select(count);
            sink.interestOpsAnd(~OP_WRITE);
            selector.selectNow(count);
        });
    }
}
