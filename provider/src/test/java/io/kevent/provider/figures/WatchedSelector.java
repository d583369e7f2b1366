// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.kernel.Kernel;
import io.kevent.provider.selector.KeventSelector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A selector with a pipe, and its figures. */
final class WatchedSelector implements AutoCloseable {
    final KeventSelector selector;
    final Pipe pipe;
    final SelectionKey key;

    WatchedSelector() throws IOException {
        this(JdkKernel.INSTANCE);
    }

    WatchedSelector(Kernel kernel) throws IOException {
        selector = new KeventSelector(SelectorProvider.provider(), kernel);
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        key = pipe.source().register(selector, SelectionKey.OP_READ);
    }

    void write() throws IOException {
        assertEquals(1, pipe.sink().write(ByteBuffer.allocate(1)));
    }

    void read() throws IOException {
        assertEquals(1, pipe.source().read(ByteBuffer.allocate(1)));
    }

    SelectorFigures figures() {
        List<SelectorFigures> found = SelectorRegistry.snapshot().stream().filter(figures -> figures.name().equals(selector.toString())).toList();
        assertEquals(1, found.size(), () -> selector + " is shown so many times");
        return found.get(0);
    }

    SelectorCounts counts() {
        return figures().counts();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        pipe.sink().close();
        pipe.source().close();
    }
}
