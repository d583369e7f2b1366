// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** An ordinary program that knows nothing of kevent. */
final class SelectProgram {
    private SelectProgram() { }

    public static void main(String[] args) throws IOException {
        try (Selector selector = Selector.open()) {
            Pipe pipe = Pipe.open();
            try (Pipe.SourceChannel source = pipe.source(); Pipe.SinkChannel sink = pipe.sink()) {
                source.configureBlocking(false);
                source.register(selector, SelectionKey.OP_READ);
                sink.write(ByteBuffer.allocate(1));
                System.out.println(selector.getClass().getSimpleName() + " selected " + selector.select());
            }
        }
    }
}
