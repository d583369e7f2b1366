// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.install;

import io.kevent.KeventOps;
import io.kevent.provider.adoption.Adoption;
import io.kevent.provider.kernel.JdkProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;

/** Proves that what was installed works, through the JDK's public methods only, as an application would. */
final class SelfTest {
    /** Longer than any machine takes for an event that is there already. */
    private static final long BOUND_MILLIS = 10_000;

    private SelfTest() { }

    /** Sees one event of a pipe through a selector of the given provider, an option in its interest set. */
    static void run(SelectorProvider provider) throws IOException {
        require(SelectorProvider.provider() == provider, "SelectorProvider.provider() does not answer kevent");
        try (Selector selector = provider.openSelector()) {
            Pipe pipe = Pipe.open();
            try (Pipe.SourceChannel source = pipe.source(); Pipe.SinkChannel sink = pipe.sink()) {
                source.configureBlocking(false);
                // plain register, which refuses options where the agent has not widened it
                SelectionKey key = source.register(selector, SelectionKey.OP_READ | KeventOps.OP_EDGE);
                sink.write(ByteBuffer.allocate(1));
                require(selector.select(BOUND_MILLIS) == 1 && key.isReadable(), "an event of a pipe was not selected");
                require(selector.selectNow() == 0, "an edge was selected twice");
            }
        }
    }

    /** Sees one event of a pipe through a selector of the JDK, taken over by the adoption and left by it again when it is closed. */
    static void run(Adoption adoption) throws IOException {
        Selector selector = JdkProvider.get().openSelector();
        try (selector) {
            Pipe pipe = Pipe.open();
            try (Pipe.SourceChannel source = pipe.source(); Pipe.SinkChannel sink = pipe.sink()) {
                source.configureBlocking(false);
                SelectionKey key = source.register(selector, SelectionKey.OP_READ);
                require(selector.selectNow() == 0 && adoption.adopted().contains(selector), "a selector of the JDK was not taken over");
                sink.write(ByteBuffer.allocate(1));
                require(selector.select(BOUND_MILLIS) == 1 && key.isReadable(), "an event of a pipe was not selected by a selector that was taken over");
            }
        }
        require(!adoption.adopted().contains(selector), "a selector of the JDK was taken over and not let go of");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException(message);
        }
    }
}
