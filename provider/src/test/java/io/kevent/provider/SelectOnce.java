// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider;

import io.kevent.KeventOps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** The child's main class: one event through a selector, and what became of an option. */
final class SelectOnce {
    private SelectOnce() { }

    public static void main(String[] args) throws IOException {
        try (Selector selector = Selector.open()) {
            System.out.println("selector=" + selector.getClass().getName());
            Pipe pipe = Pipe.open();
            try (Pipe.SourceChannel source = pipe.source(); Pipe.SinkChannel sink = pipe.sink()) {
                source.configureBlocking(false);
                source.register(selector, SelectionKey.OP_READ);
                sink.write(ByteBuffer.allocate(1));
                System.out.println("selected=" + selector.select());
                sink.configureBlocking(false);
                try {
                    KeventOps.register(sink, selector, SelectionKey.OP_WRITE | KeventOps.OP_EDGE);
                    System.out.println("option=accepted");
                } catch (IllegalArgumentException e) {
                    System.out.println("option=" + e.getMessage());
                }
            }
        }
    }
}
