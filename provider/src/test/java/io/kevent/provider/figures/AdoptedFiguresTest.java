// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import io.kevent.provider.adoption.Adoption;
import io.kevent.provider.kernel.JdkProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** One of the JDK's selectors that was taken over is shown like one of kevent's. */
class AdoptedFiguresTest {
    private final Adoption adoption = new Adoption(null);
    private Selector selector;
    private Pipe pipe;

    @BeforeEach
    void open() throws IOException {
        selector = JdkProvider.get().openSelector();
        pipe = JdkProvider.get().openPipe();
        pipe.source().configureBlocking(false);
        pipe.source().register(selector, SelectionKey.OP_READ);
    }

    @AfterEach
    void close() throws Exception {
        assertTrue(adoption.giveBack(Duration.ZERO, Duration.ofSeconds(60)));
        selector.close();
        pipe.sink().close();
        pipe.source().close();
    }

    /** As the JDK's method does it whose body the agent replaces. */
    private long select(long timeoutMillis) throws IOException {
        synchronized (selector) {
            synchronized (selector.selectedKeys()) {
                return adoption.doSelect(selector, null, timeoutMillis);
            }
        }
    }

    private List<SelectorFigures> figures() {
        return SelectorRegistry.snapshot().stream().filter(figures -> figures.name().equals(selector.toString())).collect(Collectors.toList());
    }

    @Test
    void isShownFromItsFirstSelectOn() throws IOException {
        assertEquals(List.of(), figures());
        assertEquals(1, pipe.sink().write(ByteBuffer.allocate(1)));
        assertEquals(1, select(0));
        SelectorFigures shown = figures().get(0);
        assertEquals("adopted", shown.kind());
        assertEquals(1, shown.counts().selects());
        assertEquals(1, shown.counts().events());
        assertEquals(List.of(new KeyFigures("pipe", "OP_READ", 1)), shown.keys());
    }

    @Test
    void wakeupsAreCounted() throws IOException {
        assertEquals(0, select(0));
        long before = figures().get(0).counts().wakeupsAsked();
        assertTrue(adoption.wakeup(selector));
        assertEquals(before + 1, figures().get(0).counts().wakeupsAsked());
        assertEquals(0, select(-1));
    }

    @Test
    void isShownNoMoreWhenItIsGivenBack() throws Exception {
        assertEquals(0, select(0));
        assertEquals(1, figures().size());
        adoption.giveBack(Duration.ZERO, Duration.ofSeconds(60));
        assertEquals(List.of(), figures());
    }

    @Test
    void spinIsNoticed() throws IOException {
        assertEquals(1, pipe.sink().write(ByteBuffer.allocate(1)));
        assertEquals(1, select(-1));
        for (int i = 0; i < 20 * SpinCause.KEPT_SELECTED.run && figures().get(0).spin().count() == 0; i++) {
            assertEquals(0, select(-1));
        }
        assertTrue(figures().get(0).spin().cause().contains("stays in the selected-key set"));
    }
}
