// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import io.kevent.KeventOps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Uses options through the JDK's own register, first with the agent and then after it was taken off. */
final class OptionProgram {
    private OptionProgram() { }

    public static void main(String[] args) throws Exception {
        try (Selector before = Selector.open()) {
            registerAndSelect(before);
            System.out.println("undone " + KeventAgent.undo());
            System.out.println("undone " + KeventAgent.undo());
            try (Selector after = Selector.open()) {
                registerAndSelect(after);
            }
            registerAndSelect(before);
        }
    }

    private static void registerAndSelect(Selector selector) throws IOException {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source(); Pipe.SinkChannel sink = pipe.sink()) {
            source.configureBlocking(false);
            String outcome;
            try {
                SelectionKey key = source.register(selector, SelectionKey.OP_READ | KeventOps.OP_EDGE, "attached");
                outcome = KeventOps.toString(key.interestOps()) + " " + key.attachment();
            } catch (IllegalArgumentException e) {
                outcome = "refused";
                source.register(selector, SelectionKey.OP_READ);
            }
            sink.write(ByteBuffer.allocate(1));
            int selected = selector.select();
            selector.selectedKeys().clear();
            System.out.println(selector.getClass().getSimpleName() + " " + outcome + " selected " + selected + " " + selector.selectNow());
        }
        selector.selectNow();
    }
}
